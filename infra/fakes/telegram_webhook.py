"""Where Telegram delivers to: what a bot may ask about it and set (channels.md 13)."""

from aiohttp import web

from infra.fakes.state import STATE

NAME = "telegram"
LONGEST_WORD = 256


def routes() -> list[web.RouteDef]:
    """Where this platform listens, besides for messages."""
    return [
        web.get("/telegram/bot{token}/getWebhookInfo", webhook_info),
        web.post("/telegram/bot{token}/setWebhook", set_webhook),
    ]


async def webhook_info(request: web.Request) -> web.Response:
    """The address that was set last, and what waits for it."""
    url = request.app[STATE].access.webhooks.get(NAME, "")
    return web.json_response({"ok": True, "result": {"url": url, "pending_update_count": 0}})


async def set_webhook(request: web.Request) -> web.Response:
    """Deliver there from now on."""
    asked = await request.json()
    words = asked.get("secret_token", "")
    if not 1 <= len(words) <= LONGEST_WORD or not words.replace("-", "").replace("_", "").isalnum():
        body = {"ok": False, "error_code": 400, "description": "Bad Request: bad secret token"}
        return web.json_response(body, status=400)
    request.app[STATE].access.webhooks[NAME] = asked.get("url", "")
    return web.json_response({"ok": True, "result": True})
