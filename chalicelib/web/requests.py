"""What a browser sent: the fields of a form, the query, the parts of the path."""

from urllib.parse import parse_qsl, unquote

from chalice.app import Request

from chalicelib.errors import BadPayload

FORM = ["application/x-www-form-urlencoded"]
"""The content type of every form on our pages."""

MOST_FIELDS = 200

Fields = dict[str, str]


def form_of(request: Request) -> Fields:
    """The fields of a sent form; of a repeated one the last. Raises ``BadPayload``.

    Browsers end lines in a text area with CRLF; people and platforms count one character.
    """
    return {name: value.replace("\r\n", "\n") for name, value in pairs_of(request)}


def all_of(request: Request, name: str) -> list[str]:
    """Every value of a repeated field."""
    return [value for field, value in pairs_of(request) if field == name]


def pairs_of(request: Request) -> list[tuple[str, str]]:
    try:
        text = body_of(request).decode()
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # UnicodeDecodeError is one
        raise BadPayload("the form cannot be read") from None


def body_of(request: Request) -> bytes:
    """The very bytes that were sent."""
    body = request.raw_body
    return body if isinstance(body, bytes) else body.encode()


def query_of(request: Request) -> Fields:
    """The query; empty when there is none."""
    found = request.query_params
    return {} if found is None else {name: str(found[name]) for name in found}


def path_of(request: Request) -> str:
    """The path as it was asked for; chalice tells its pattern and parts."""
    return str(request.path).format(**(request.uri_params or {}))


def part(value: str) -> str:
    """A part of the path as it was before it was percent-encoded."""
    return unquote(value)
