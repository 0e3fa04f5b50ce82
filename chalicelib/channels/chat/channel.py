"""Our own web chat: a page of ours, a visitor whose id we signed, answers shown there."""

from chalicelib.channels.chat.canary import send_canary
from chalicelib.channels.chat.parse import parse
from chalicelib.channels.chat.rules import NAME, RULES
from chalicelib.channels.chat.visitor import session_of
from chalicelib.channels.contract import AccountSettings, Secrets, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.never_asked import NeverAsked
from chalicelib.channels.own_pages import ShownOnOurPage
from chalicelib.channels.taming import id_of, read_object
from chalicelib.errors import BadPayload, BadSignature


class Chat(ShownOnOurPage, NeverAsked):
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

    def send_canary(
        self, text: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        send_canary(text, settings, http)
