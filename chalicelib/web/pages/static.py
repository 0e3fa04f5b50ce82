"""Style sheets, scripts and marks."""

from chalice import Response

from chalicelib.errors import NotFound
from chalicelib.web import assets
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.requests import part, query_of

FOR_OTHER_SITES = "nabij-chat.js"
"""What other sites load from us: a module, which a browser asks for by CORS."""

FOREVER = "public, max-age=31536000, immutable"


@pages.route("/static/{name}")
def static(name: str) -> Response:
    """One of our own files."""
    return served(part(name))


@pages.route("/static/vendor/{name}")
def vendor(name: str) -> Response:
    """One of the files that npm brought."""
    return served(f"vendor/{part(name)}")


def served(name: str) -> Response:
    """The file, kept for good under this release's address. Raises ``NotFound``."""
    if not assets.present(name):
        raise NotFound("no such file")
    current = query_of(pages.current_request).get("v") == assets.release()
    headers: dict[str, str | list[str]] = {
        "Content-Type": assets.media_type(name),
        "Cache-Control": FOREVER if current else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if name == FOR_OTHER_SITES:
        headers["Access-Control-Allow-Origin"] = "*"
    return Response(body=assets.content(name), headers=headers)
