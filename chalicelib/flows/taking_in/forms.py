"""The web form: a citizen writes to us on our own page and reads the answers by a private link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.channels.contract import WebhookRequest
from chalicelib.channels.form.rules import check_form
from chalicelib.channels.taming import text_of
from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import KeptMessage
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.cases import Beginning, case_of, open_case
from chalicelib.flows.citizen.doors import CITIZEN, enter, refuse
from chalicelib.flows.running.canaries import TOKEN
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.receiving import known_account, receive_webhook
from chalicelib.store import access_log, kept_messages, keys, sessions

FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """What the holder of a private link sees: what was written, and our answers that went out.

    ``number`` is that of its case, once we know that it is the holder's own message.
    """

    author_name: str | None
    messages: list[KeptMessage]
    number: str | None = None


def submit(services: Services, account: str, fields: Mapping[str, Any]) -> str:
    """Keep a filled-in form. Returns the secret of the private link to its answers.

    Raises ``InvalidInput`` naming the fields, ``ChannelNotApproved`` or ``StoreUnavailable``.
    """
    body = json.dumps(fields, sort_keys=True).encode()
    return submit_as_sent(services, account, WebhookRequest(method="POST", body=body), fields)


def submit_as_sent(
    services: Services, account: str, request: WebhookRequest, fields: Mapping[str, Any]
) -> str:
    """The same for a body that is kept byte for byte."""
    check_form(fields)
    kept = receive_webhook(services, FORM, account, request)
    thread = keys.thread(FORM, account, fields["submission_id"])
    subject = keys.digest(thread.pk, fields["submission_id"])
    secret = sessions.new_secret()
    content = content_of(kept.key.sk)
    services.table.write(sessions.answer_link(secret, subject, content, services.now()))
    if not TOKEN.search(text_of(fields, "message")):
        begin_case(services, account, subject)
    return secret


def begin_case(services: Services, account: str, subject: str) -> None:
    """What was handed in has a number at once, before anybody read it."""
    team = known_account(services, FORM, account).team
    open_case(services, Beginning(subject=subject, channel=FORM, account=account, team=team))


def enter_by_answers(services: Services, secret: str) -> str:
    """From the answers into the dossier: a session's secret. Raises ``NotFound``."""
    view = view_answers(services, secret)
    link = sessions.link_of(services.table, secret, services.now())
    case = case_of(services, link.subject) if link and view.number else None
    if case is None:
        raise refuse(services, "link", "no case")
    return enter(services, case)


def view_answers(services: Services, secret: str) -> AnswersView:
    """The conversation behind a private link. Raises ``NotFound``.

    The link holds for the very text that was sent with it: who sends something else under
    another's submission id sees nothing of theirs.
    """
    now = services.now()
    link = sessions.link_of(services.table, secret, now)
    if link is None:
        raise NotFound("no such link")
    kept = kept_messages.listing(services.table, link.subject, now)
    own = [m for m in kept if m.direction == "in"]
    if own and content_of((own[0].envelope or "").partition("|")[2]) != link.content:
        raise NotFound("no such link")
    services.table.write(access_log.read(CITIZEN, "read_answers", link.subject, now))
    shown = [m for m in kept if m.direction == "in" or m.state == "sent"]
    case = case_of(services, link.subject)
    return AnswersView(
        author_name=own[0].author_name if own else None,
        messages=shown,
        number=in_threes(case.number) if case and own else None,
    )


def content_of(envelope_sk: str) -> str:
    """The digest of the bytes in an envelope's sort key (``<received_at>#<digest>-<tail>``)."""
    return envelope_sk.partition("#")[2].partition("-")[0]
