"""An account may be used for something: who decided that, on what ground, until when.

Recorded by an operator or a manager; the decision itself is taken elsewhere, by who may. It counts
at once and ends by itself at its date.
"""

from chalicelib.domain.account import Account, Use
from chalicelib.domain.approval import AHEAD, LONGEST, USES, Decision, decided
from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows.filled_in import Texts, last_moment, texts
from chalicelib.flows.running.access import look_now
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import access_log, approvals, directory
from chalicelib.store.table import ConditionFailed

LONGEST_TEXT = 500
SPOKEN_OF = max(AHEAD)
"""How long before its end an approval is shown as ending soon."""

Fields = dict[str, str]


def approve(
    services: Services, principal: Principal, channel: str, account: str, fields: Fields
) -> Decision:
    """Record an approval: ``use``, ``until`` (a day, the last one), ``by`` and ``ground``.

    Raises ``InvalidInput``, ``NotFound``, or ``StaleVersion`` when somebody was faster.
    """
    principal.must_be_allowed_to("approve")
    until = last_moment(fields.get("until", ""))
    check(fields, until, services.now())
    return record(services, principal, found_account(services, channel, account), fields, until)


def withdraw(
    services: Services, principal: Principal, channel: str, account: str, fields: Fields
) -> Decision:
    """Record that an approval holds no more, from now on. Raises as ``approve``."""
    principal.must_be_allowed_to("approve")
    wrong = {**wrong_use(fields), **wrong_texts(fields)}
    known = found_account(services, channel, account)
    if not wrong and fields["use"] not in known.approvals:
        wrong = {"use": texts("hiervoor is niets goedgekeurd", "nothing is approved for this")}
    if wrong:
        raise InvalidInput("approval not withdrawn", wrong)
    return record(services, principal, known, fields, None)


def found_account(services: Services, channel: str, account: str) -> Account:
    """Raises ``NotFound``."""
    found = directory.find_account(services.table, channel, account)
    if found is None:
        raise NotFound("no such account", channel=channel)
    return found


def record(
    services: Services, principal: Principal, known: Account, fields: Fields, until: Moment | None
) -> Decision:
    """The line of the register, the account and the log of use, all or nothing."""
    now = services.now()
    earlier = approvals.register(services.table, known.channel, known.account, now)
    use = use_named(fields["use"])
    before = known.approvals.get(use)
    decision = Decision(
        channel=known.channel,
        account=known.account,
        number=earlier[-1].number + 1 if earlier else 1,
        use=use,
        until=until,
        by=fields["by"].strip(),
        ground=fields["ground"].strip(),
        recorded_by=principal.id,
        recorded_at=now,
        before=before.until if before else None,
    )
    about = f"{known.channel}#{known.account}#{use}"
    try:
        services.table.write(
            approvals.taken(decision),
            approvals.on_account(decided(known, decision)),
            access_log.used(principal, "approve", about, now),
        )
    except ConditionFailed:
        raise StaleVersion("somebody recorded another approval just now") from None
    logger.info("approval recorded", channel=known.channel, use=use, until=until)
    look_now(services, known.channel, known.account)
    return decision


def register_of(
    services: Services, principal: Principal, channel: str, account: str
) -> tuple[Account, list[Decision]]:
    """The account and every decision on it, newest first. Raises ``NotFound``."""
    principal.must_be_allowed_to("read_ledger")
    known = found_account(services, channel, account)
    return known, approvals.register(services.table, channel, account, services.now())[::-1]


def check(fields: Fields, until: Moment | None, now: Moment) -> None:
    """Raises ``InvalidInput`` naming every field that is missing or wrong."""
    wrong = {**wrong_use(fields), **wrong_end(until, now), **wrong_texts(fields)}
    if wrong:
        raise InvalidInput("approval not filled in well", wrong)


def wrong_use(fields: Fields) -> dict[str, Texts]:
    if fields.get("use") in USES:
        return {}
    return {"use": texts("Kies waarvoor het account gebruikt mag worden.", "Choose a use.")}


def wrong_end(until: Moment | None, now: Moment) -> dict[str, Texts]:
    if until is None:
        return {"until": texts("Vul een datum in.", "Enter a date.")}
    if until <= now:
        return {"until": texts("Deze datum is voorbij.", "This date has passed.")}
    if instant(until) - instant(now) > LONGEST:
        return {"until": texts("Hoogstens drie jaar vooruit.", "At most three years ahead.")}
    return {}


def wrong_texts(fields: Fields) -> dict[str, Texts]:
    asked = {
        "by": texts("Vul in wie dit heeft besloten.", "Enter who decided this."),
        "ground": texts("Vul in op welke grond.", "Enter on what ground."),
    }
    return {
        name: words
        for name, words in asked.items()
        if not 0 < len(fields.get(name, "").strip()) <= LONGEST_TEXT
    }


def use_named(name: str) -> Use:
    return next(use for use in USES if use == name)
