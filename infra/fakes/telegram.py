"""Telegram's Bot API, as far as we send to it (channels.md 13)."""

import json
import time
from typing import Any

from aiohttp import web

from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.files import StoredFile, uploaded
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "telegram"
LONGEST, LONGEST_CAPTION = 4096, 1024
LONGEST_DATA = 64
LARGEST_FETCHED = 20_000_000
FIELDS = {"sendPhoto": "photo", "sendVideo": "video", "sendDocument": "document"}
LARGEST_SENT = {"sendPhoto": 10_000_000, "sendVideo": 50_000_000, "sendDocument": 50_000_000}


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.post("/telegram/bot{token}/sendMessage", send_message),
        web.post("/telegram/bot{token}/sendChatAction", send_action),
        web.post("/telegram/bot{token}/answerCallbackQuery", answer_button),
        web.post("/telegram/bot{token}/getFile", get_file),
        web.get("/telegram/file/bot{token}/files/{id}", give_file),
        *(web.post(f"/telegram/bot{{token}}/{method}", send_file) for method in FIELDS),
    ]


class Refusals:
    """Telegram's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return refusal(401, "Unauthorized")

    def throttled(self, retry_after: float | None) -> web.Response:
        seconds = 1 if retry_after is None else int(retry_after)
        words = f"Too Many Requests: retry after {seconds}"
        return refusal(429, words, parameters={"retry_after": seconds})


def refusal(status: int, words: str, **more: Any) -> web.Response:
    """A refusal in Telegram's shape."""
    body = {"ok": False, "error_code": status, "description": words, **more}
    return web.json_response(body, status=status)


async def send_message(request: web.Request) -> web.StreamResponse:
    """One text into one chat."""
    account = _bot(request)
    if account is None:
        return refusal(404, "Not Found")
    body = await object_in(request)
    problem = _problem_with(body)
    if problem:
        return refusal(400, f"Bad Request: {problem}")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(
        request, failure, Refusals(), lambda: _accept(request, account, body)
    )


async def send_file(request: web.Request) -> web.StreamResponse:
    """One file into one chat, the text below it."""
    account, method = _bot(request), request.path.rpartition("/")[2]
    if account is None:
        return refusal(404, "Not Found")
    form = await request.post()
    file = await uploaded(request, NAME, FIELDS[method])
    body = {name: form[name] for name in ("chat_id", "caption") if name in form}
    if "reply_parameters" in form:
        body["reply_parameters"] = json.loads(str(form["reply_parameters"]))
    problem = _problem_with_file(body, file, method)
    if problem or file is None:
        return refusal(400, f"Bad Request: {problem}")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(
        request, failure, Refusals(), lambda: _accept(request, account, body, file)
    )


async def get_file(request: web.Request) -> web.StreamResponse:
    """Where a citizen's file is."""
    if _bot(request) is None:
        return refusal(404, "Not Found")
    id = str((await object_in(request)).get("file_id", ""))
    file = request.app[STATE].files.found(NAME, id)
    if file is None:
        return refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if len(file.body) > LARGEST_FETCHED:
        return refusal(400, "Bad Request: file is too big")
    found = {"file_id": id, "file_size": len(file.body), "file_path": f"files/{id}"}
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(
        request, failure, Refusals(), lambda: web.json_response({"ok": True, "result": found})
    )


async def give_file(request: web.Request) -> web.Response:
    """The bytes of a citizen's file."""
    file = request.app[STATE].files.found(NAME, request.match_info["id"])
    if file is None or _bot(request) is None:
        return refusal(404, "Not Found")
    return web.Response(body=file.body, content_type="application/octet-stream")


def _bot(request: web.Request) -> str | None:
    account, _, secret = request.match_info["token"].partition(":")
    return account if account.isdigit() and secret else None


def _problem_with_file(body: dict[str, Any], file: StoredFile | None, method: str) -> str | None:
    if not str(body.get("chat_id", "")).removeprefix("-").isdigit():
        return "chat not found"
    if file is None:
        return f"there is no {FIELDS[method]} in the request"
    if len(file.body) > LARGEST_SENT[method]:
        return "file is too big"
    if method == "sendPhoto" and not file.mime.startswith("image/"):
        return "IMAGE_PROCESS_FAILED"
    too_long = len(str(body.get("caption", ""))) > LONGEST_CAPTION
    return "message caption is too long" if too_long else None


def _problem_with(body: dict[str, Any]) -> str | None:
    chat, text = str(body.get("chat_id", "")), body.get("text")
    if not chat.removeprefix("-").isdigit():
        return "chat not found"
    if not isinstance(text, str) or not text.strip():
        return "message text is empty"
    if len(text) > LONGEST:
        return "message is too long"
    if not all(1 <= len(one["callback_data"].encode()) <= LONGEST_DATA for one in _buttons(body)):
        return "BUTTON_DATA_INVALID"
    quote = body.get("reply_parameters", {"message_id": 1})
    return None if isinstance(quote.get("message_id"), int) else "message to be replied not found"


def _buttons(body: dict[str, Any]) -> list[dict[str, str]]:
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


async def send_action(request: web.Request) -> web.Response:
    """Somebody is writing."""
    account, body = _bot(request), await object_in(request)
    if account is None:
        return refusal(404, "Not Found")
    if body.get("action") != "typing" or not str(body.get("chat_id", "")).lstrip("-").isdigit():
        return refusal(400, "Bad Request: wrong parameter action in request")
    request.app[STATE].log.add_read(NAME, account, f"{body['chat_id']}:typing")
    return web.json_response({"ok": True, "result": True})


async def answer_button(request: web.Request) -> web.Response:
    """The pressed button stops waiting."""
    account, body = _bot(request), await object_in(request)
    if account is None:
        return refusal(404, "Not Found")
    if not body.get("callback_query_id"):
        return refusal(400, "Bad Request: query is too old and response timeout expired")
    request.app[STATE].log.add_read(NAME, account, f"cq:{body['callback_query_id']}")
    return web.json_response({"ok": True, "result": True})


def _accept(
    request: web.Request, account: str, body: dict[str, Any], file: StoredFile | None = None
) -> web.Response:
    state = request.app[STATE]
    chat, number = str(body["chat_id"]), int(state.posts.number(NAME))
    quoted = body.get("reply_parameters", {}).get("message_id")
    text = str(body.get("text") or body.get("caption") or "")
    accepted = Accepted(
        channel=NAME,
        account=account,
        to=chat,
        text=text,
        external_id=f"{chat}:{number}",
        in_reply_to=f"{chat}:{quoted}" if quoted else None,
        kind="text" if file is None else request.path.rpartition("/send")[2].lower(),
        file=file.sha256 if file else None,
        choices=tuple(str(button["text"]) for button in _buttons(body)),
    )
    state.log.add(accepted)
    kind = "supergroup" if chat.startswith("-") else "private"
    message = {"message_id": number, "date": int(time.time()), "text": text}
    result = {**message, "chat": {"id": int(chat), "type": kind}}
    return web.json_response({"ok": True, "result": result})
