"""What all of Meta's channels share in Graph: the token's end, and who hears of an account."""

from aiohttp import web

from infra.fakes.state import STATE

CHANNELS = "whatsapp|messenger|facebook|instagram"
START = rf"/{{channel:{CHANNELS}}}/{{version:v\d+\.\d+}}"
APP = "4242"
"""The id of our app at Meta."""


def routes() -> list[web.RouteDef]:
    """Where Graph listens under each channel's address."""
    return [
        web.get(f"{START}/debug_token", debug_token),
        web.get(f"{START}/{{subscriber}}/subscribed_apps", subscribed_apps),
        web.post(f"{START}/{{subscriber}}/subscribed_apps", subscribe),
    ]


async def debug_token(request: web.Request) -> web.Response:
    """Until when a token is good; 0 is for ever."""
    ends_at = request.app[STATE].access.ends.get(request.match_info["channel"], 0)
    data = {"app_id": APP, "is_valid": True, "expires_at": ends_at, "data_access_expires_at": 0}
    usage = '{"call_count":12,"total_time":7,"total_cputime":3}'
    return web.json_response({"data": data}, headers={"X-App-Usage": usage})


async def subscribed_apps(request: web.Request) -> web.Response:
    """Our app, unless Meta took the subscription away."""
    channel = request.match_info["channel"]
    if channel in request.app[STATE].access.lapsed:
        return web.json_response({"data": []})
    one = {"id": APP, "name": "Nabij"}
    whatsapp = channel == "whatsapp"
    return web.json_response({"data": [{"whatsapp_business_api_data": one} if whatsapp else one]})


async def subscribe(request: web.Request) -> web.Response:
    """Meta delivers to us again."""
    request.app[STATE].access.lapsed.discard(request.match_info["channel"])
    return web.json_response({"success": True})
