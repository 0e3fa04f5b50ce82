"""Where the mail is that a notice tells of: in the notice itself, or in a bucket."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.notices import notices
from chalicelib.channels.taming import id_of, text_of
from chalicelib.errors import BadPayload


def addresses_in(body: dict[str, Any]) -> tuple[str, ...]:
    """The objects that must be fetched before these notices can be read; each once."""
    told = [notice.told for notice in notices(body, Gathering()) if is_mail(notice.told)]
    wanted = [address_of(one) for one in told if not is_refused(one) and "content" not in one]
    return tuple(dict.fromkeys(address for address in wanted if address))


def is_mail(told: dict[str, Any]) -> bool:
    """Whether a notice tells of a mail that came in."""
    if "s3" in told:
        return "ObjectCreated" in text_of(told, "eventName")
    return text_of(told, "notificationType") == "Received"


def is_refused(told: dict[str, Any]) -> bool:
    """SES found a virus in it, or holds it for spam. Doubt is no reason."""
    verdicts = ("virusVerdict", "spamVerdict")
    return any(text_of(told, "receipt", name, "status") == "FAIL" for name in verdicts)


def address_of(told: dict[str, Any]) -> str | None:
    """``s3://bucket/key``. A bucket's own events write the key as in a URL, SES does not."""
    if "s3" in told:
        bucket = text_of(told, "s3", "bucket", "name")
        key = unquote_plus(text_of(told, "s3", "object", "key"))
    else:
        bucket = text_of(told, "receipt", "action", "bucketName")
        key = text_of(told, "receipt", "action", "objectKey")
    return f"s3://{bucket}/{key}" if bucket and key else None


def bytes_told_of(told: dict[str, Any], objects: Mapping[str, bytes]) -> bytes:
    """The mail's bytes. Raises ``BadPayload`` when they are not here."""
    if "content" in told:
        return _content(told)
    address = address_of(told) or _by_id(told, objects)
    if address not in objects:
        raise BadPayload("the mail is not in its bucket")
    return objects[address]


def _by_id(told: dict[str, Any], objects: Mapping[str, bytes]) -> str:
    """SES's Lambda action does not say where the mail lies; its key ends in SES's own id."""
    id = id_of(told, "mail", "messageId")
    return next((one for one in objects if id and one.endswith(f"/{id}")), "")


def _content(told: dict[str, Any]) -> bytes:
    content = text_of(told, "content").encode()
    encoding = text_of(told, "receipt", "action", "encoding").upper()
    if encoding != "BASE64" and (encoding or b":" in content):  # no mail is without a colon
        return content
    try:
        return b64decode(content, validate=True)
    except ValueError:
        raise BadPayload("the mail in the notice is not base64") from None
