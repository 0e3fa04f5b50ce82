"""PURE: notices of SES and the mails that they point at, to messages (channels.md 14).

A notice says where the mail lies (``s3://bucket/key``); ``raw.objects`` holds it. What SES judged
to be a virus or spam is set aside unread, and so is whatever a machine wrote.
"""

from email.message import Message as Mime
from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.email.answering import answering, thread_of
from chalicelib.channels.email.headers import header, ids_of, sender_of, words_of
from chalicelib.channels.email.mail import files_of, is_automatic, read_mail, text_of_mail
from chalicelib.channels.email.pointing import address_of, bytes_told_of, is_mail, is_refused
from chalicelib.channels.email.receipts import receipt_of
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import iso_of
from chalicelib.channels.notices import Notice, notices
from chalicelib.channels.taming import id_of, name_of, read_object, text_of, value_of
from chalicelib.domain.message import Message, Parsed


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload``, also when a mail is not in its bucket."""
    found = Gathering()
    for notice in notices(read_object(raw.body), found):
        if is_mail(notice.told):
            _mail(notice, raw, settings.account, found)
        else:
            _receipt(notice.told, found)
    return found.parsed()


def _mail(notice: Notice, raw: Raw, own: str, found: Gathering) -> None:
    if is_refused(notice.told):
        found.ignore("a mail that SES refused")
        return
    mime = read_mail(bytes_told_of(notice.told, raw.objects))
    message = _message(notice, mime)
    if message.author_id == own.lower():
        found.ignore("our own mail")
    elif _is_unwanted(notice.told, mime, message.author_id or ""):
        found.ignore("an automatic mail")
    else:
        found.add(message)


def _message(notice: Notice, mime: Mime) -> Message:
    told = notice.told
    author, name = sender_of(mime, told)
    id = _id(told, mime)
    proven = _proven(told)
    files = files_of(mime, address_of(told))
    return Message(
        external_id=id,
        author_id=author,
        author_name=name,
        title=name_of(words_of(mime, "subject")),
        text=text_of_mail(mime),
        kind="email",
        media_count=len(files),
        media=files if address_of(told) else (),
        timestamp=iso_of(told, "mail", "timestamp") or notice.at,
        reply_to=_answered(mime),
        thread=thread_of(mime, id),
        answer_with=answering(mime, proven=proven),
        proven=proven,
    )


def _answered(mime: Mime) -> str | None:
    """The mail that this one answers."""
    answers, references = ids_of(mime, "in-reply-to"), ids_of(mime, "references")
    return next(iter([*answers[:1], *references[-1:]]), None)


def _id(told: dict[str, Any], mime: Mime) -> str:
    """The mail's own id, else SES's, which is also what its object is called."""
    own = ids_of(mime, "message-id")
    if own:
        return own[0]
    stored = (address_of(told) or "").rpartition("/")[2]
    return header(mime, "message-id") or id_of(told, "mail", "messageId") or stored or "unknown"


def _proven(told: dict[str, Any]) -> bool | None:
    """Whether the sender's domain vouches for the mail; None when it does not say."""
    verdict = text_of(told, "receipt", "dmarcVerdict", "status")
    return {"PASS": True, "FAIL": False}.get(verdict)


def _is_unwanted(told: dict[str, Any], mime: Mime, author: str) -> bool:
    """What asks for no answer. Answering a machine would make two machines talk for ever."""
    marked = (header(mime, f"x-ses-{name}-verdict") for name in ("virus", "spam"))
    writers = (author, text_of(told, "mail", "source").lower())
    daemon = any(one.startswith("mailer-daemon") for one in writers)
    return daemon or "FAIL" in marked or _has_no_return(told, mime) or is_automatic(mime)


def _has_no_return(told: dict[str, Any], mime: Mime) -> bool:
    """An empty return path: the sender wants to hear of nothing."""
    paths = [
        value_of(told, "mail", "source"),
        value_of(told, "mail", "commonHeaders", "returnPath"),
        header(mime, "return-path") or None,
    ]
    return any(isinstance(path, str) and path.strip() in ("", "<>") for path in paths)


def _receipt(told: dict[str, Any], found: Gathering) -> None:
    kind = text_of(told, "notificationType") or text_of(told, "eventType")
    receipt = receipt_of(kind, told) if kind else None
    if receipt is None:
        found.ignore(f"notice {kind[:60]!r}")
    else:
        found.add_status(receipt)
