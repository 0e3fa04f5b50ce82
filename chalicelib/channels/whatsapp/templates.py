"""WhatsApp's message templates: read as Meta keeps them, and written as Meta wants them sent.

They belong to the business account (setting ``business_account``), not to a number of it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.taming import items_of, text_of
from chalicelib.channels.whatsapp.account import accepted, authorization, version_path
from chalicelib.channels.whatsapp.rules import NAME
from chalicelib.domain.template import FilledTemplate, Template, TemplateState, places_in

PAGE = 100
MOST_PAGES = 30
"""A business account holds at most 6,000 templates, in all languages; nobody fills half of that."""

STATES: dict[str, TemplateState] = {
    "APPROVED": "approved",
    "REJECTED": "refused",
    "PAUSED": "paused",
    "DISABLED": "disabled",
}
"""Every other word (``PENDING``, ``IN_APPEAL``, one of the future) is waiting."""

OUR_BUTTONS = frozenset({"QUICK_REPLY", "PHONE_NUMBER"})
"""Buttons that need nothing from us when the template is sent; so do addresses without a place."""


def read_templates(settings: AccountSettings, secrets: Secrets, http: Http) -> list[Template]:
    """All of the account, none without the setting. Raises the ``ChannelError`` family."""
    business = settings.settings.get("business_account")
    if not business:
        return []
    found: list[Template] = []
    after = ""
    for _ in range(MOST_PAGES):
        query = {"fields": "name,language,status,category,components", "limit": PAGE}
        where = urlencode(query | ({"after": after} if after else {}))
        path = f"{version_path(settings)}/{quote(business, safe='')}/message_templates?{where}"
        page = accepted(http.request(NAME, "GET", path, headers=authorization(secrets))).json()
        found += templates_in(page, settings.account)
        after = text_of(page, "paging", "cursors", "after")
        if not after or not text_of(page, "paging", "next"):
            break
    return found


def templates_in(page: dict[str, Any], account: str) -> Iterator[Template]:
    """PURE. The templates on one page; one without a name or language is no template."""
    for element in items_of(page, "data"):
        name, language = text_of(element, "name"), text_of(element, "language")
        if name and language:
            yield template_of(element, name, language, account)


def template_of(element: Any, name: str, language: str, account: str) -> Template:
    header, body = component(element, "HEADER"), component(element, "BODY")
    buttons = items_of(component(element, "BUTTONS"), "buttons")
    return Template(
        channel=NAME,
        account=account,
        name=name,
        language=language,
        state=STATES.get(text_of(element, "status"), "waiting"),
        category=text_of(element, "category").lower(),
        header=text_of(header, "text"),
        body=text_of(body, "text"),
        footer=text_of(component(element, "FOOTER"), "text"),
        buttons=tuple(text_of(button, "text") for button in buttons),
        usable=is_usable(header, buttons) and bool(text_of(body, "text")),
    )


def component(element: Any, kind: str) -> Any:
    found = (one for one in items_of(element, "components") if text_of(one, "type") == kind)
    return next(found, {})


def is_usable(header: Any, buttons: list[Any]) -> bool:
    """No picture on top, and no button that asks for a value of ours."""
    plain_header = text_of(header, "format") in ("", "TEXT")
    return plain_header and all(map(needs_nothing, buttons))


def needs_nothing(button: Any) -> bool:
    kind = text_of(button, "type")
    return kind in OUR_BUTTONS or (kind == "URL" and not places_in(text_of(button, "url")))


def template_message(template: FilledTemplate) -> dict[str, Any]:
    """The part of a request that sends it. Named places go by name, numbered ones by order."""
    written = [
        {"type": kind, "parameters": [parameter(name, value) for name, value in values]}
        for kind, values in (("header", template.header), ("body", template.body))
        if values
    ]
    inside: dict[str, Any] = {"name": template.name, "language": {"code": template.language}}
    return {"type": "template", "template": inside | ({"components": written} if written else {})}


def parameter(name: str, value: str) -> dict[str, str]:
    named = {} if name.isdigit() else {"parameter_name": name}
    return {"type": "text", **named, "text": value}
