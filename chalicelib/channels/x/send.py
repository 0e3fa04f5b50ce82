"""What goes out to X (channels.md 8.6): a reply in public, or a private message."""

from chalicelib.channels.contract import Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.taming import id_of
from chalicelib.channels.x.media import upload
from chalicelib.channels.x.rules import NAME, RULES
from chalicelib.errors import ChannelRefused, OutcomeUnknown


def send(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    """One answer. Raises the ``ChannelError`` family."""
    limits = RULES.within(outgoing.thread)
    if limits.measure(outgoing.text) > limits.longest_text:
        raise ChannelRefused(NAME, "too-long", "het antwoord is te lang voor X")
    if outgoing.thread is None:
        return _privately(outgoing, secrets, http)
    return _publicly(outgoing, secrets, http)


def _publicly(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    if not (outgoing.in_reply_to or outgoing.post):
        # Without it this would be a post of its own, for everybody and to nobody.
        raise ChannelRefused(NAME, "no-post", "onbekend op welk bericht dit een antwoord is")
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    ids = [upload(file, client, how, private=False) for file in outgoing.files]
    client.create_tweet(
        text=outgoing.text or None,
        in_reply_to_tweet_id=outgoing.in_reply_to,
        media_ids=ids or None,
        **how,
    )
    return _sent(id_of(client.session.last.json(), "data", "id"))


def _privately(outgoing: Outgoing, secrets: Secrets, http: Http) -> Sent:
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    client, how = client_for(secrets, http)
    ids = [upload(file, client, how, private=True) for file in outgoing.files]
    client.create_direct_message(
        participant_id=outgoing.to,
        text=outgoing.text or None,
        media_id=next(iter(ids), None),
        **how,
    )
    return _sent(id_of(client.session.last.json(), "data", "dm_event_id"))


def _sent(external_id: str | None) -> Sent:
    if external_id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of X het bericht heeft")
    return Sent(external_id=external_id)
