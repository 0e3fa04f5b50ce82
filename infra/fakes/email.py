"""Amazon SES: sending (v2 API, raw mails), its events, and mail of citizens that comes in."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

from aiohttp import web

from infra.fakes import aws
from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.notices import as_notice
from infra.fakes.posts import Post
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE, State

NAME = "email"
BUCKET = "post-in"
LARGEST = 40_000_000
STATES = {"sent": "Send", "delivered": "Delivery", "read": "Open", "failed": "Bounce"}

_TAG = re.compile(r"[A-Za-z0-9_.@-]{1,256}")
_MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>]+")


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.post("/email/v2/email/outbound-emails", send_email),
        web.get("/email/v2/email/account", account),
    ]


async def account(request: web.Request) -> web.StreamResponse:
    """How SES thinks of us: fine, with a twentieth of the day's quota used."""
    state = request.app[STATE]
    quota = {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 10.0}
    told = {"SendingEnabled": True, "EnforcementStatus": "HEALTHY", "SendQuota": quota}
    failure = state.script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, aws.Refusals(), lambda: web.json_response(told))


async def send_email(request: web.Request) -> web.StreamResponse:
    """One mail, written out whole by who sends it."""
    body = await object_in(request)
    if "Simple" in body.get("Content", {}):
        return await send_simple(request, body)
    mail = _mail_in(body)
    problem = _problem_with(body, mail)
    if mail is None or problem:
        return aws.refusal(400, "BadRequestException", problem or "Content.Raw.Data is no mail")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(
        request, failure, aws.Refusals(), lambda: _accept(request, body, mail)
    )


async def send_simple(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """A mail in parts, which SES writes out itself; within our own domain it arrives here."""
    content, to = body["Content"]["Simple"], body.get("Destination", {}).get("ToAddresses", [])
    sender, words = body.get("FromEmailAddress"), content.get("Body", {}).get("Text", {})
    addresses = [sender, *to]
    if len(to) != 1 or not all(_MAILBOX.fullmatch(str(one)) for one in addresses):
        return aws.refusal(400, "BadRequestException", "Missing or invalid Destination")
    if not content.get("Subject", {}).get("Data") or not words.get("Data"):
        return aws.refusal(400, "BadRequestException", "Missing subject or body")
    state = request.app[STATE]
    post = Post(channel=NAME, account=to[0], author=str(sender), text=words["Data"])
    ours = to[0].partition("@")[2] == str(sender).partition("@")[2]
    taken = _brought if ours else _left
    return await accept_or_fail(
        request, state.script.next_for(NAME), aws.Refusals(), lambda: taken(post, state)
    )


def _left(post: Post, state: State) -> web.Response:
    """To somebody elsewhere."""
    id_ = f"0102{uuid4().hex}-000000"
    state.log.add(
        Accepted(
            channel=NAME, account=post.author, to=post.account, text=post.text, external_id=id_
        )
    )
    return web.json_response({"MessageId": id_})


def _brought(post: Post, state: State) -> web.Response:
    post.id = state.posts.number(NAME)
    state.posts.known.append(post)
    notice = arrival(post, state)
    if state.notices:
        state.callbacks.tell(state.notices, notice)
    return web.json_response({"MessageId": f"0102{uuid4().hex}-000000"})


def arrival(post: Post, state: State) -> bytes:
    """A citizen's mail lies in the bucket; what SES tells about it. ``name`` is their name."""
    written = EmailMessage(policy=policy.SMTP)
    written["From"] = f"{post.name or ''} <{post.author}>"
    written["To"] = post.account
    written["Subject"] = post.where if post.where != "mentions" else "Vraag"
    written["Message-ID"] = f"<{post.id}@mail.example>"
    if post.reply_to:
        written["In-Reply-To"] = f"<{post.reply_to}>"
        written["References"] = f"<{post.thread or post.reply_to}> <{post.reply_to}>"
    written.set_content(post.text)
    for file in (state.files.by_id[id] for id in post.files):
        main, _, sub = file.mime.partition("/")
        written.add_attachment(file.body, maintype=main, subtype=sub, filename=file.name)
    state.objects[f"s3://{BUCKET}/{post.id}"] = written.as_bytes()
    return as_notice(json.dumps(_received(post)))


def _received(post: Post) -> dict[str, Any]:
    passed = {"status": "PASS"}
    verdicts = ("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")
    mail = {
        "timestamp": post.written,
        "source": post.author,
        "messageId": post.id,
        "destination": [post.account],
        "headersTruncated": False,
        "headers": [],
        "commonHeaders": {"from": [post.author], "to": [post.account], "returnPath": post.author},
    }
    receipt = {
        "timestamp": post.written,
        "processingTimeMillis": 100,
        "recipients": [post.account],
        **dict.fromkeys(verdicts, passed),
        "action": {"type": "S3", "bucketName": BUCKET, "objectKey": post.id},
    }
    return {"notificationType": "Received", "mail": mail, "receipt": receipt}


def _problem_with(body: dict[str, Any], mail: EmailMessage | None) -> str | None:
    """What SES says no to; None when there is nothing."""
    sender, to = body.get("FromEmailAddress"), body.get("Destination", {}).get("ToAddresses")
    if not isinstance(sender, str) or not _MAILBOX.fullmatch(sender):
        return "Missing or invalid FromEmailAddress"
    if not isinstance(to, list) or not to or not all(_MAILBOX.fullmatch(str(one)) for one in to):
        return "Missing or invalid Destination"
    if mail is None or sender not in str(mail["From"]) or mail["To"] is None:
        return "The mail names another sender, or nobody"
    for tag in body.get("EmailTags", []):
        if not _TAG.fullmatch(str(tag.get("Value"))) or not _TAG.fullmatch(str(tag.get("Name"))):
            return "Invalid EmailTags"
    return None


def _mail_in(body: dict[str, Any]) -> EmailMessage | None:
    try:
        raw = base64.b64decode(body["Content"]["Raw"]["Data"], validate=True)
        raw.decode("ascii")  # SES asks for mails in seven bits
    except (KeyError, TypeError, ValueError):
        return None
    if len(raw) * 4 / 3 > LARGEST:
        return None
    mail = message_from_bytes(raw, policy=policy.default)
    return mail if isinstance(mail, EmailMessage) else None


def _accept(request: web.Request, body: dict[str, Any], mail: EmailMessage) -> web.Response:
    tags = {tag["Name"]: tag["Value"] for tag in body.get("EmailTags", [])}
    shown = mail.get_body(("plain",))
    files = tuple(_digest(part) for part in mail.iter_attachments())
    accepted = Accepted(
        channel=NAME,
        account=body["FromEmailAddress"],
        to=body["Destination"]["ToAddresses"][0],
        text=shown.get_content().replace("\r\n", "\n").removesuffix("\n") if shown else "",
        external_id=f"0102{uuid4().hex}-000000",
        reply_id=tags.get("reply_id"),
        in_reply_to=str(mail["In-Reply-To"]).strip("<>") if mail["In-Reply-To"] else None,
        file=next(iter(files), None),
        files=files,
    )
    state = request.app[STATE]
    state.log.add(accepted)
    state.callbacks.begin(NAME, {name: _event(accepted, kind) for name, kind in STATES.items()})
    return web.json_response({"MessageId": accepted.external_id})


def _digest(part: EmailMessage) -> str:
    body = part.get_payload(decode=True)
    return hashlib.sha256(body if isinstance(body, bytes) else b"").hexdigest()


def _event(accepted: Accepted, kind: str) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    bounce = {"bounceType": "Permanent", "bounceSubType": "General"} if kind == "Bounce" else {}
    mail = {
        "timestamp": now,
        "source": accepted.account,
        "messageId": accepted.external_id,
        "destination": [accepted.to],
        "tags": {"reply_id": [accepted.reply_id]} if accepted.reply_id else {},
    }
    told = {"eventType": kind, "mail": mail, kind.lower(): {"timestamp": now, **bounce}}
    notice: dict[str, Any] = json.loads(as_notice(json.dumps(told)))
    return notice
