"""An agent answers a citizen, or leaves a note for colleagues. What was typed is never lost."""

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.errors import (
    ChannelNotApproved,
    Conflict,
    InvalidInput,
    NewerMessages,
    TooLong,
    WindowClosed,
)
from chalicelib.flows import previewing, queueing, replying, viewing
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.conversation import show
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, part
from chalicelib.web.sentences import call_112
from chalicelib.web.sessions import same_origin, signed_in
from chalicelib.web.shown_conversation import Typed

NOT_TAKEN = (Conflict, InvalidInput, TooLong, WindowClosed, ChannelNotApproved)
"""Why an answer can come back to the agent, with the text as typed."""


@pages.route("/gesprek/{subject}/antwoord", methods=["POST"], content_types=FORM)
def answer(subject: str) -> Response:
    """Send an answer, and finish when that was asked."""
    request = pages.current_request
    same_origin(request)
    me = signed_in(request)
    form = form_of(request)
    one = part(subject)
    if form.get("invoegen"):
        return with_advice(me, one, form)
    if form.get("bekijken"):
        return with_preview(me, one, form)
    try:
        send(me, one, form)
    except NOT_TAKEN as problem:
        return show(request, me, one, typed=typed_in(form, problem))
    if form.get("daarna") == "rond_af":
        return finished(me, one, form)
    return see(f"/gesprek/{subject}", gedaan="verstuurd")


def send(me: Principal, subject: str, form: Fields) -> None:
    """The answer goes on its way; a claim that had ended is taken again first when asked."""
    services = wiring.services()
    if form.get("oppakken"):
        queueing.claim(services, me, subject)
    replying.reply(
        services,
        me,
        subject,
        reply_id=form.get("reply_id", ""),
        text=form.get("text", ""),
        seen=form.get("seen", ""),
        files=[one.partition(":")[0] for one in files_in(pages.current_request)],
        choices=choices_in(form),
    )


def choices_in(form: Fields) -> tuple[str, ...]:
    """The buttons below the answer, one a line."""
    lines = form.get("choices", "").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def files_in(request: Request) -> tuple[str, ...]:
    """The uploads that go along, each as ``id:name``."""
    return tuple(all_of(request, "files"))


def with_advice(me: Principal, subject: str, form: Fields) -> Response:
    """The same page with the advice to call 112 put into the answer, for who has no JavaScript."""
    lang = viewing.view_conversation(wiring.services(), me, subject).conversation.lang
    text = "\n\n".join(one for one in (form.get("text", ""), call_112(lang)) if one)
    kept = Typed(
        text=text,
        seen=form.get("seen", ""),
        reply_id=form.get("reply_id", ""),
        files=files_in(pages.current_request),
    )
    return show(pages.current_request, me, subject, typed=kept)


def with_preview(me: Principal, subject: str, form: Fields) -> Response:
    """The same page with how the answer would go out, for who has no JavaScript."""
    text = form.get("text", "")
    kept = Typed(
        text=text,
        seen=form.get("seen", ""),
        reply_id=form.get("reply_id", ""),
        preview=previewing.preview(wiring.services(), me, subject, text),
    )
    return show(pages.current_request, me, subject, typed=kept)


@pages.route("/gesprek/{subject}/voorbeeld", methods=["POST"], content_types=FORM)
def preview(subject: str) -> Response:
    """How the answer would go out, counted as the platform counts. Keeps nothing."""
    request = pages.current_request
    same_origin(request)
    me = signed_in(request)
    text = form_of(request).get("text", "")
    shown = previewing.preview(wiring.services(), me, part(subject), text)
    return page(request, "composer_preview.html", preview=shown)


def finished(me: Principal, subject: str, form: Fields) -> Response:
    """Finish after answering. The answer is gone already, whatever the citizen writes now."""
    try:
        queueing.finish(wiring.services(), me, subject, form.get("seen") or None)
    except NewerMessages:
        return see(f"/gesprek/{subject}", gedaan="verstuurd_niet_afgerond")
    return see("/wachtrij", gedaan="verstuurd_afgerond")


@pages.route("/gesprek/{subject}/notitie", methods=["POST"], content_types=FORM)
def note(subject: str) -> Response:
    """Leave a note. It has no way to a channel."""
    request = pages.current_request
    same_origin(request)
    me = signed_in(request)
    form = form_of(request)
    one = part(subject)
    try:
        replying.note(wiring.services(), me, one, form.get("text", ""))
    except InvalidInput as problem:
        kept = Typed(note=form.get("text", ""), problem=problem)
        return show(request, me, one, typed=kept)
    return see(f"/gesprek/{subject}", gedaan="genoteerd")


def typed_in(form: Fields, problem: Exception) -> Typed:
    """What the agent typed. A taken reply id is replaced, any other serves again."""
    fields = getattr(problem, "fields", {})
    return Typed(
        text=form.get("text", ""),
        seen=form.get("seen", ""),
        reply_id="" if "reply_id" in fields else form.get("reply_id", ""),
        problem=problem if isinstance(problem, NOT_TAKEN) else None,
        choices=form.get("choices", ""),
        files=files_in(pages.current_request),
    )
