"""What AWS's services have in common: how they refuse, and the objects in their buckets."""

from aiohttp import web

from infra.fakes.state import STATE


def refusal(status: int, name: str, message: str, **more: str) -> web.Response:
    """A refusal in AWS's shape: named in a header and, as some services do, in the body."""
    body = {"__type": name, "message": message, **more}
    return web.json_response(body, status=status, headers={"x-amzn-ErrorType": f"{name}:"})


class Refusals:
    """AWS's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        words = "The security token included in the request is expired"
        return refusal(403, "ExpiredTokenException", words)

    def throttled(self, retry_after: float | None) -> web.Response:
        answer = refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
        if retry_after is not None:
            answer.headers["Retry-After"] = f"{retry_after:g}"
        return answer


def routes() -> list[web.RouteDef]:
    """Where the buckets are."""
    path = "/objects/{bucket}/{key:.+}"
    return [web.put(path, put_object), web.get(path, get_object)]


async def put_object(request: web.Request) -> web.Response:
    """SES puts a mail there; here a test or the demo does."""
    request.app[STATE].objects[_address(request)] = await request.read()
    return web.Response()


async def get_object(request: web.Request) -> web.Response:
    """The object, or that there is none."""
    found = request.app[STATE].objects.get(_address(request))
    if found is None:
        return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
    return web.Response(body=found)


def _address(request: web.Request) -> str:
    return f"s3://{request.match_info['bucket']}/{request.match_info['key']}"
