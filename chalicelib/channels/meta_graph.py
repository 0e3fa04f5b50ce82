"""Talking to Meta's Graph API as one of our accounts (channels.md 5.3, 6, 7).

A private answer names the citizen, or what it answers in private; a public one is a comment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from chalicelib.channels import meta_probe
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, File, Http
from chalicelib.channels.limits import Rules
from chalicelib.channels.meta_errors import Codes, error_of
from chalicelib.channels.offers import Gesture
from chalicelib.channels.taming import id_of
from chalicelib.errors import ChannelAccessLost, ChannelRefused, OutcomeUnknown

API_VERSION = "v26.0"

ACTIONS: dict[Gesture, str] = {
    "seen": "mark_seen",
    "typing": "typing_on",
    "no longer typing": "typing_off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A line to Graph. ``host`` is whose address is called, where it is not the platform's own."""

    codes: Codes
    settings: AccountSettings
    secrets: Secrets
    http: Http
    host: str | None = None

    def post(
        self,
        node: str,
        edge: str,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | File] | None = None,
    ) -> Answer:
        """One request. Raises the ``ChannelError`` family."""
        path = f"{self.version}/{quote(node, safe='')}/{edge}"
        headers = {"Authorization": f"Bearer {self.token()}"}
        host = self.host or self.codes.channel
        answer = self.http.request(host, "POST", path, headers=headers, body=body, form=form)
        return self.accepted(answer)

    def get(self, node: str, edge: str) -> Answer:
        """What stands on this edge, with its question. Raises the ``ChannelError`` family."""
        path = f"{self.version}/{quote(node, safe='')}/{edge}"
        headers = {"Authorization": f"Bearer {self.token()}"}
        return self.accepted(
            self.http.request(self.host or self.codes.channel, "GET", path, headers=headers)
        )

    def watched(self, subscriber: str, fields: tuple[str, ...]) -> meta_probe.Graph:
        """The same line, to be asked whether our access is well."""
        return meta_probe.Graph(
            channel=self.host or self.codes.channel,
            version=self.version,
            token=self.token(),
            accepted=self.accepted,
            subscriber=subscriber,
            fields=fields,
        )

    @property
    def version(self) -> str:
        """How each path begins."""
        version = self.settings.settings.get("api_version") or API_VERSION
        return f"/{quote(version, safe='')}"

    def accepted(self, answer: Answer) -> Answer:
        """The answer, when Graph took the request. Raises the ``ChannelError`` family."""
        if not 200 <= answer.status < 300 or "error" in answer.json():  # noqa: PLR2004
            raise error_of(answer, self.codes)
        return answer

    def token(self) -> str:
        """Raises ``ChannelAccessLost`` when none was set."""
        tokens = self.secrets.all("access_token")
        if not tokens:
            reason = "voor dit account is geen sleutel ingesteld"
            raise ChannelAccessLost(self.codes.channel, "no-token", reason)
        return tokens[0]


def must_fit(outgoing: Outgoing, rules: Rules, codes: Codes) -> None:
    """Raises ``ChannelRefused`` for what these rules do not allow."""
    private = outgoing.privately or outgoing.thread is None
    limits = rules.within(None if private else outgoing.thread)
    if limits.measure(outgoing.text) > limits.longest_text:
        raise ChannelRefused(
            codes.channel, "too-long", f"het antwoord is te lang voor {codes.platform}"
        )


def send_message(graph: Graph, sender: str, outgoing: Outgoing, **more: Any) -> Sent:
    """One private message: its text, or what ``more`` says instead of and beside it."""
    body = {"recipient": recipient_of(outgoing, graph.codes), **purpose_of(outgoing)}
    said = ({"text": outgoing.text} if outgoing.text else {}) | quick_replies(outgoing) | more
    answer = graph.post(sender, "messages", {**body, "message": said}).json()
    return sent(id_of(answer, "message_id") or id_of(answer, "id"), graph.codes)


def quick_replies(outgoing: Outgoing) -> dict[str, Any]:
    """Choices below the text. What comes back is a choice's own words."""
    offered = [
        {"content_type": "text", "title": one, "payload": f"choice-{n}"}
        for n, one in enumerate(outgoing.choices, start=1)
    ]
    return {"quick_replies": offered} if offered else {}


def recipient_of(outgoing: Outgoing, codes: Codes) -> dict[str, str]:
    """The citizen; or what they wrote in public, when this answers it in private."""
    if not outgoing.privately:
        return {"id": outgoing.to}
    answered = must_name_what_it_answers(outgoing, codes)
    return {"post_id" if answered == outgoing.thread else "comment_id": answered}


def purpose_of(outgoing: Outgoing) -> dict[str, str]:
    """Why Meta should let it through. A private answer to a comment needs no reason."""
    if outgoing.privately:
        return {}
    if outgoing.after_window:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"messaging_type": "RESPONSE"}


def must_name_what_it_answers(outgoing: Outgoing, codes: Codes) -> str:
    """Without it this would be a post of its own. Raises ``ChannelRefused``."""
    if not outgoing.in_reply_to:
        reason = "onbekend op welk bericht dit een antwoord is"
        raise ChannelRefused(codes.channel, "no-post", reason)
    return outgoing.in_reply_to


def sent(external_id: str | None, codes: Codes) -> Sent:
    """Raises ``OutcomeUnknown`` without the id that receipts will name."""
    if external_id is None:
        reason = f"onbekend of {codes.platform} het bericht heeft"
        raise OutcomeUnknown(codes.channel, "no-id", reason)
    return Sent(external_id=external_id)


def show(graph: Graph, sender: str, what: Gesture, to: str) -> None:
    """Seen, or typing. Raises the ``ChannelError`` family."""
    graph.post(sender, "messages", body={"recipient": {"id": to}, "sender_action": ACTIONS[what]})
