"""Another body or company reports: the same intake as of a citizen, and a link to our answers."""

from chalicelib.channels.contract import AccountSettings, Raw, WebhookRequest
from chalicelib.channels.partner.parse import parse
from chalicelib.channels.partner.rules import NAME
from chalicelib.errors import BadPayload, InvalidInput
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.forms import content_of
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import keys, sessions


def take_report(services: Services, account: str, request: WebhookRequest) -> str:
    """Keep a report. Returns the secret of the private link to its answers.

    The same report again is taken once, and its new link leads to the same answers. Raises what
    ``receive_webhook`` does, and ``InvalidInput`` at once for a signed body that says nothing.
    """
    kept = receive_webhook(services, NAME, account, request)
    raw = Raw(body=request.body, received_at=services.clock())
    try:
        (message,) = parse(raw, AccountSettings(account=account)).messages
    except BadPayload as error:
        raise InvalidInput(error.message, {"report": WRONG}) from None
    thread = keys.thread(NAME, account, message.external_id)
    subject = keys.digest(thread.pk, message.external_id)
    secret = sessions.new_secret()
    content = content_of(kept.key.sk)
    services.table.write(sessions.answer_link(secret, subject, content, services.now()))
    return secret


WRONG = {
    "nl": "Stuur een object met report_id en message (hoogstens 20.000 tekens).",
    "en": "Send an object with report_id and message (at most 20,000 characters).",
}
