"""An agent answers a citizen, or leaves a note for colleagues. What was typed is never lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.delivery import REGRET
from chalicelib.domain.draft import Draft
from chalicelib.domain.principal import Principal
from chalicelib.errors import (
    ChannelNotApproved,
    Conflict,
    InvalidInput,
    NewerMessages,
    TooLong,
    TranslatorAway,
    WindowClosed,
)
from chalicelib.flows.answering import answering_privately, replying, taking_back
from chalicelib.flows.desk import drafting, noting, proofreading, queueing, translating, viewing
from chalicelib.flows.desk.canned_replies import Offered
from chalicelib.flows.incidents.announced import current_for
from chalicelib.flows.incidents.incident_desk import incident_of
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.conversation import canned_for, looked_over, show
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, part
from chalicelib.web.sentences import call_112
from chalicelib.web.sessions import who_sent
from chalicelib.web.shown_conversation import Typed

NOT_TAKEN = (Conflict, InvalidInput, TooLong, WindowClosed, ChannelNotApproved)
"""Why an answer can come back to the agent, with the text as typed."""

PRIVATELY = "prive"
AT_ONCE = "meteen"
CANNED = "standaard:"
CURRENT = "incident"


@pages.route("/gesprek/{subject}/antwoord", methods=["POST"], content_types=FORM)
def answer(subject: str) -> Response:
    """Send an answer, and finish when that was asked."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    one = part(subject)
    typed = typed_in(request, form)
    if form.get("invoegen"):
        return with_text(me, one, typed, form["invoegen"])
    if form.get("vertalen") or form.get("bekijken"):
        look = in_their_language if form.get("vertalen") else looked_over
        return show(request, me, one, typed=look(me, one, typed))
    proof = proofreading.proofread(wiring.services(), me, one, typed.text)
    if proof.mark and form.get("gezien") != proof.mark:
        return show(request, me, one, typed=replace(typed, proof=proof, asks=True))
    try:
        send(me, one, form, typed)
    except NOT_TAKEN as problem:
        return show(request, me, one, typed=not_taken(typed, problem))
    drafting.forget_answer(wiring.services(), me, one)
    if form.get("daarna") == "rond_af":
        return finished(me, one, form)
    return see(f"/gesprek/{subject}", gedaan="verstuurd_meteen" if at_once(form) else "verstuurd")


def send(me: Principal, subject: str, form: Fields, typed: Typed) -> None:
    """The answer goes on its way; a claim that had ended is taken again first when asked."""
    services = wiring.services()
    if form.get("oppakken"):
        queueing.claim(services, me, subject)
    hold = timedelta() if at_once(form) else REGRET
    reply_id, seen = typed.reply_id, typed.seen
    if typed.privately:
        answering_privately.reply_privately(
            services, me, subject, reply_id=reply_id, text=typed.text, seen=seen, hold=hold
        )
        return
    replying.reply(
        services,
        me,
        subject,
        reply_id=reply_id,
        text=typed.text,
        seen=seen,
        files=[one.partition(":")[0] for one in typed.files],
        choices=choices_in(form),
        hold=hold,
    )


def at_once(form: Fields) -> bool:
    """Whether the agent said that this one cannot wait for second thoughts."""
    return form.get("daarna") == AT_ONCE


def choices_in(form: Fields) -> tuple[str, ...]:
    """The buttons below the answer, one a line."""
    lines = form.get("choices", "").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def files_in(request: Request) -> tuple[str, ...]:
    """The uploads that go along, each as ``id:name``."""
    return tuple(all_of(request, "files"))


def with_text(me: Principal, subject: str, typed: Typed, wanted: str) -> Response:
    """The same page with a fixed text put into the answer, for who has no JavaScript."""
    view = viewing.view_conversation(wiring.services(), me, subject)
    if wanted.startswith(CANNED):
        offered = canned_for(pages.current_request, me, view)
        fixed = text_of(offered, wanted.removeprefix(CANNED))
    elif wanted == CURRENT:
        services = wiring.services()
        incident = incident_of(services, view.conversation.incident)
        fixed = current_for(services, incident, subject)
    else:
        fixed = call_112(view.conversation.lang)
    text = "\n\n".join(one for one in (typed.text, fixed) if one)
    return show(pages.current_request, me, subject, typed=replace(typed, text=text))


def text_of(offered: list[Offered], id_: str) -> str:
    """The canned reply of this id; nothing when it is gone."""
    return next((one.text for one in offered if one.id == id_), "")


def in_their_language(me: Principal, subject: str, typed: Typed) -> Typed:
    """The answer translated, with what that says in our language."""
    try:
        both = translating.for_citizen(wiring.services(), me, subject, typed.text)
    except TranslatorAway as problem:
        return replace(typed, problem=problem)
    return replace(typed, text=both.theirs, both_ways=both)


@pages.route("/gesprek/{subject}/vertaal", methods=["POST"], content_types=FORM)
def translate(subject: str) -> Response:
    """A translation beside one message."""
    request = pages.current_request
    me, one = who_sent(request), part(subject)
    id_ = form_of(request).get("bericht", "")
    try:
        translating.translate_message(wiring.services(), me, one, id_)
    except TranslatorAway as problem:
        return show(request, me, one, typed=Typed(problem=problem))
    return see(f"/gesprek/{subject}#m-{id_}")


@pages.route("/gesprek/{subject}/voorbeeld", methods=["POST"], content_types=FORM)
def preview(subject: str) -> Response:
    """How the answer would go out, counted as the platform counts. Keeps nothing."""
    request = pages.current_request
    me = who_sent(request)
    return looked_at(request, me, part(subject), typed_in(request, form_of(request)))


@pages.route("/gesprek/{subject}/concept", methods=["POST"], content_types=FORM)
def keep(subject: str) -> Response:
    """Keep what is being written, and show how it would go out."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    one = part(subject)
    typed = typed_in(request, form)
    drafting.keep_draft(wiring.services(), me, as_draft(typed, one, me, form.get("note", "")))
    return looked_at(request, me, one, typed)


def looked_at(request: Request, me: Principal, subject: str, typed: Typed) -> Response:
    """Only what is said of the text, for a page that is open."""
    found = looked_over(me, subject, typed)
    now = wiring.services().now()
    return page(
        request,
        "composer_preview.html",
        now=now,
        preview=found.preview,
        proof=found.proof,
        agreed=False,
    )


def as_draft(typed: Typed, subject: str, me: Principal, note: str) -> Draft:
    return Draft(
        subject=subject,
        agent=me.id,
        reply_id=typed.reply_id,
        saved_at=wiring.services().now(),
        text=typed.text,
        note=note,
        choices=typed.choices,
        files=typed.files,
        privately=typed.privately,
    )


@pages.route("/gesprek/{subject}/terughalen", methods=["POST"], content_types=FORM)
def undo(subject: str) -> Response:
    """An answer that did not leave yet becomes a draft again."""
    request = pages.current_request
    me = who_sent(request)
    one = part(subject)
    services = wiring.services()
    try:
        back = taking_back.take_back(services, me, one, form_of(request).get("antwoord", ""))
    except Conflict as problem:
        return show(request, me, one, typed=Typed(problem=problem))
    names = {file.id: file.given.name or "" for file in back.files}
    again = Typed(
        reply_id=uuid4().hex,
        text=back.text,
        choices="\n".join(back.choices),
        files=tuple(f"{id_}:{name}" for id_, name in names.items()),
        privately=back.privately,
    )
    before = drafting.draft_of(services, me, one)
    drafting.keep_draft(services, me, as_draft(again, one, me, before.note if before else ""))
    return see(f"/gesprek/{subject}", gedaan="teruggehaald")


def finished(me: Principal, subject: str, form: Fields) -> Response:
    """Finish after answering. The answer is kept already, whatever the citizen writes now."""
    try:
        queueing.finish(wiring.services(), me, subject, form.get("seen") or None)
    except NewerMessages:
        return see(f"/gesprek/{subject}", gedaan="verstuurd_niet_afgerond")
    reply_id = form.get("reply_id", "")
    return see("/wachtrij", gedaan="verstuurd_afgerond", gesprek=subject, antwoord=reply_id)


@pages.route("/gesprek/{subject}/notitie", methods=["POST"], content_types=FORM)
def note(subject: str) -> Response:
    """Leave a note. It has no way to a channel."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    one = part(subject)
    try:
        noting.note(wiring.services(), me, one, form.get("text", ""))
    except InvalidInput as problem:
        kept = Typed(note=form.get("text", ""), problem=problem, about_note=True)
        return show(request, me, one, typed=kept)
    drafting.forget_note(wiring.services(), me, one)
    return see(f"/gesprek/{subject}", gedaan="genoteerd")


def typed_in(request: Request, form: Fields) -> Typed:
    """What the agent typed."""
    return Typed(
        text=form.get("text", ""),
        seen=form.get("seen", ""),
        reply_id=form.get("reply_id", ""),
        choices=form.get("choices", ""),
        files=files_in(request),
        privately=form.get("gehoor") == PRIVATELY,
    )


def not_taken(typed: Typed, problem: Exception) -> Typed:
    """The same with why it was not taken. A taken reply id is replaced, any other serves again."""
    fields = getattr(problem, "fields", {})
    return replace(
        typed,
        reply_id="" if "reply_id" in fields else typed.reply_id,
        problem=problem if isinstance(problem, NOT_TAKEN) else None,
    )
