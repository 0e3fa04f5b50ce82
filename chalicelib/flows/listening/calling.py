"""Another system is told of a signal: owed in the write that opens it, then tried until taken.

Where it listens is ``webhook`` in the addresses of platforms (NABIJ_PLATFORM_URLS), its secret that
of ``webhook``/``signals``, named ``signing``. Without an address nobody is told.
"""

import binascii
from dataclasses import replace

from chalicelib.domain import call as rules
from chalicelib.domain.call import Call
from chalicelib.domain.principal import Principal
from chalicelib.errors import ChannelError, Misconfigured, NotFound
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import keys, signals
from chalicelib.store.table import ConditionFailed, Key

WEBHOOK, SIGNALS, SIGNING = "webhook", "signals", "signing"
TAKEN = range(200, 300)


def somebody_listens(services: Services) -> bool:
    """Whether there is anybody to tell."""
    return WEBHOOK in services.http.base_urls


def make_call(services: Services, key: Key) -> Call | None:
    """One attempt, when it is due. Safe to run any number of times: the other side knows the id."""
    now = services.now()
    call = signals.find_call(services.table, key, now)
    if call is None or call.state != "owed" or call.next_at > now:
        return call
    reason = attempt(services, call)
    after = rules.not_taken(call, reason, now) if reason else rules.taken(call)
    try:
        services.table.write(signals.called(call, after))
    except ConditionFailed:
        return None  # another worker made it too
    if after.state == "dead":
        logger.error("call given up", call=call.id, reason=reason)
    return after


def attempt(services: Services, call: Call) -> str:
    """Why it was not taken; empty when it was."""
    try:
        secret = services.secrets.of(WEBHOOK, SIGNALS).current[SIGNING]
        headers = rules.headers(call, secret, services.now())
        body = ("signal.json", call.body.encode(), "application/json")
        answer = services.http.request(WEBHOOK, "POST", "", headers=headers, file=body)
    except (KeyError, Misconfigured, binascii.Error):
        return "geen sleutel om te ondertekenen"
    except ChannelError as error:
        return error.reason
    return "" if answer.status in TAKEN else f"antwoord {answer.status}"


def call_again(services: Services, principal: Principal, id_: str) -> Call:
    """A person has a given-up call made again. Raises ``NotFound``."""
    principal.must_be_allowed_to("operate")
    now = services.now()
    before = signals.find_call(services.table, keys.call(id_), now)
    if before is None or before.state != "dead":
        raise NotFound("no call that was given up")
    after = replace(before, state="owed", attempts=0, next_at=now)
    services.table.write(signals.called(before, after))
    services.jobs.send(nudges.LANE_OF["call"], nudges.call(keys.call(id_)))
    return after


def given_up(services: Services, principal: Principal) -> list[Call]:
    """What could not be told, for who can have it made again."""
    if not principal.may("operate"):
        return []
    return signals.dead_calls(services.table, services.now())
