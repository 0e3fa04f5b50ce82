"""Two agents claim the same item at the same moment, again and again: one winner each."""

import threading
from typing import Any

from infra.benchmarks.house import House, Platform, running_house
from infra.benchmarks.latency import Progress, wait_until_nothing_is_owed

ROUNDS = 200
NAMES = {"agent": "Sanne de Wit", "agent2": "Youssef Amrani"}


def measure(progress: Progress, rounds: int = ROUNDS) -> dict[str, Any]:
    """The figures; ``one_winner`` and ``loser_sees_name`` must equal ``rounds``."""
    with running_house() as house:
        platform = Platform.of(house)
        with house.client() as sender:
            for number in range(rounds):
                body = platform.body(f"wamid.c{number}", f"NL.{number}", "Hallo?")
                platform.deliver(sender, body)
        wait_until_nothing_is_owed(house)
        items = everything(house)
        one_winner = loser_sees_name = 0
        for number, subject in enumerate(items):
            answers = race(house, subject)
            winners = [who for who, (status, _) in answers.items() if status == 200]  # noqa: PLR2004
            one_winner += len(winners) == 1
            loser = next((who for who in answers if who not in winners), None)
            if loser and len(winners) == 1:
                status, body = answers[loser]
                named = body["facts"].get("name") == NAMES[winners[0]]
                loser_sees_name += status == 409 and named  # noqa: PLR2004
            if number % 20 == 0:
                progress(f"claimed {number}/{rounds}")
    return {"rounds": len(items), "one_winner": one_winner, "loser_sees_name": loser_sees_name}


def everything(house: House) -> list[str]:
    """Every subject on the queue."""
    with house.client() as agent:
        page = agent.get("/api/v1/queue?limit=200")
    return [item["subject"] for item in page["items"]]


def race(house: House, subject: str) -> dict[str, tuple[int, Any]]:
    """Both claim as soon as both are ready; what each was told."""
    ready = threading.Barrier(len(NAMES))
    answers: dict[str, tuple[int, Any]] = {}

    def claim(who: str) -> None:
        with house.client(who) as client:
            ready.wait()
            answers[who] = client.post(f"/api/v1/queue/{subject}/claim")

    racers = [threading.Thread(target=claim, args=(who,)) for who in NAMES]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return answers
