"""What goes out: one mail in plain text, in the thread of the mail that it answers.

SES writes a Message-ID of its own over ours; what it returns is the id that we keep.
"""

import re
from base64 import b64encode
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Sent
from chalicelib.channels.email.answering import Answering, answering_from
from chalicelib.channels.email.errors import error_of
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.http import Http
from chalicelib.channels.taming import id_of
from chalicelib.errors import ChannelRefused, OutcomeUnknown

PATH = "/v2/email/outbound-emails"

POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
"""Long lines stay whole: folded, Python would encode the ids in References, and threads break."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_IS_ANSWER = re.compile(r"\s*(re|antw|aw|sv)\s*:", re.IGNORECASE)
_LONGEST_ID = 900


def send(outgoing: Outgoing, settings: AccountSettings, http: Http) -> Sent:
    """One mail. Raises the ``ChannelError`` family."""
    answer = http.request(NAME, "POST", PATH, body=request_of(outgoing, settings))
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    id = id_of(answer.json(), "MessageId")
    if id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Amazon SES de mail heeft")
    return Sent(external_id=id)


def request_of(outgoing: Outgoing, settings: AccountSettings) -> dict[str, Any]:
    """The request to SES. Our own id goes along as a tag, which its events bring back."""
    kept = answering_from(outgoing.answer_with)
    to = kept.reply_to or outgoing.to
    raw = b64encode(written(outgoing, kept, to, settings)).decode()
    request: dict[str, Any] = {
        "FromEmailAddress": settings.account,
        "Destination": {"ToAddresses": [to]},
        "Content": {"Raw": {"Data": raw}},
        "EmailTags": [{"Name": "reply_id", "Value": outgoing.reply_id}],
    }
    events = settings.settings.get("configuration_set")
    return {**request, "ConfigurationSetName": events} if events else request


def written(outgoing: Outgoing, kept: Answering, to: str, settings: AccountSettings) -> bytes:
    """The mail as it goes over the wire. Raises ``ChannelRefused`` when no mail can be made."""
    mail = EmailMessage(policy=POLICY)
    try:
        name = _line(settings.settings.get("from_name", ""))
        mail["From"] = Address(display_name=name, addr_spec=settings.account)
        mail["To"] = Address(addr_spec=to)
        mail["Subject"] = subject_of(kept.subject)
        for header, value in thread_headers(outgoing, kept).items():
            mail[header] = value
        mail.set_content(outgoing.text)
        for file in outgoing.files:
            main, _, sub = file.mime.partition("/")
            mail.add_attachment(file.body, maintype=main, subtype=sub, filename=_line(file.name))
        return mail.as_bytes()
    except (ValueError, LookupError, AttributeError, IndexError) as error:
        # Python's own way of saying that an address is none.
        raise ChannelRefused(NAME, "address", "aan dit e-mailadres kan geen mail") from error


def subject_of(subject: str) -> str:
    """The citizen's own, marked as answered once."""
    line = _line(subject) or "uw bericht"
    return line if _IS_ANSWER.match(line) else f"Re: {line}"


def thread_headers(outgoing: Outgoing, kept: Answering) -> dict[str, str]:
    """What mail programs build a thread from. SES's own ids name no mail of the citizen's."""
    answered = outgoing.in_reply_to
    known = [one for one in kept.references if len(one) <= _LONGEST_ID]
    if answered is None or "@" not in answered or len(answered) > _LONGEST_ID:
        answered = known[-1] if known else None
    if answered is None:
        return {}
    chain = [*(one for one in known if one != answered), answered]
    ids = " ".join(f"<{_CONTROLS.sub('', one)}>" for one in chain)
    return {"In-Reply-To": ids.rpartition(" ")[2], "References": ids}


def _line(text: str) -> str:
    """On one line: a line break in a header would begin a header of somebody else's."""
    return _CONTROLS.sub(" ", text).strip()
