"""Our own web chat: a page of ours, a visitor whose id we signed, answers shown there."""

from chalicelib.channels.chat.canary import send_canary
from chalicelib.channels.chat.parse import parse
from chalicelib.channels.chat.rules import NAME, RULES
from chalicelib.channels.chat.send import send
from chalicelib.channels.chat.visitor import session_of
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.taming import id_of, read_object
from chalicelib.errors import BadPayload, BadSignature


class Chat(NeverAsked):
    """See ``contract.Channel``."""

    name = NAME
    rules = RULES

    parse = staticmethod(parse)

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """The visitor is who we said, and speaks for no other session."""
        session = session_of(request, secrets)
        try:
            said = id_of(read_object(request.body), "session_id")
        except BadPayload:
            return  # unreadable, but theirs: the parser says so
        if said is not None and said != session:
            raise BadSignature("a visitor speaks for another")

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        return send(outgoing)

    def send_canary(
        self, text: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        send_canary(text, settings, http)

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nothing to do: the page shows it by itself."""
