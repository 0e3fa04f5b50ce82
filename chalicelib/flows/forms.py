"""The web form: a citizen writes to us on our own page and reads the answers by a private link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.channels.contract import WebhookRequest
from chalicelib.channels.form.rules import check_form
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.intake import receive_webhook
from chalicelib.flows.services import Services
from chalicelib.store import access_log, conversations, keys, sessions

CITIZEN = Principal(id="citizen", name="inwoner", role="system")
"""Who opens a private link: we know that they hold the link, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """What the holder of a private link sees: what was written, and our answers that went out."""

    author_name: str | None
    messages: list[KeptMessage]


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
    kept = receive_webhook(services, "form", account, request)
    thread = keys.thread("form", account, fields["submission_id"])
    subject = keys.digest(thread.pk, fields["submission_id"])
    secret = sessions.new_secret()
    content = content_of(kept.key.sk)
    services.table.write(sessions.answer_link(secret, subject, content, services.now()))
    return secret


def view_answers(services: Services, secret: str) -> AnswersView:
    """The conversation behind a private link. Raises ``NotFound``.

    The link holds for the very text that was sent with it: who sends something else under
    another's submission id sees nothing of theirs.
    """
    now = services.now()
    link = sessions.link_of(services.table, secret, now)
    if link is None:
        raise NotFound("no such link")
    kept = conversations.messages(services.table, link.subject, now)
    own = [m for m in kept if m.direction == "in"]
    if own and content_of((own[0].envelope or "").partition("|")[2]) != link.content:
        raise NotFound("no such link")
    services.table.write(access_log.read(CITIZEN, "read_answers", link.subject, now))
    shown = [m for m in kept if m.direction == "in" or m.state == "sent"]
    return AnswersView(author_name=own[0].author_name if own else None, messages=shown)


def content_of(envelope_sk: str) -> str:
    """The digest of the bytes in an envelope's sort key (``<received_at>#<digest>-<tail>``)."""
    return envelope_sk.partition("#")[2].partition("-")[0]
