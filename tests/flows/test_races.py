"""Many hands at once: one holder, one answer, nothing lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from chalicelib.errors import AlreadyClaimed, Conflict, WebcareError
from chalicelib.flows.answering.delivering import deliver
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from tests.conftest import MARIJKE, SANNE, YOUSSEF, Town


def at_once(*work: Callable[[], object]) -> list[object]:
    """Everything at the same moment; what came of each, an error being an outcome too."""
    ready = threading.Barrier(len(work))

    def one(task: Callable[[], object]) -> object:
        ready.wait()
        try:
            return task()
        except WebcareError as error:
            return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_two_agents_claim_at_once_and_one_wins(town: Town) -> None:
    for number in range(25):
        town.whatsapp(f"vraag {number}", author=f"NL.{number}")
    town.work()
    for row in view_queue(town.services, SANNE).rows:
        outcomes = at_once(
            lambda subject=row.subject: claim(town.services, SANNE, subject),  # type: ignore[misc]
            lambda subject=row.subject: claim(town.services, YOUSSEF, subject),  # type: ignore[misc]
        )
        assert sum(isinstance(outcome, AlreadyClaimed) for outcome in outcomes) == 1


def test_two_workers_deliver_one_answer_once(town: Town) -> None:
    town.whatsapp("hallo")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="race-1", text="Dag", seen=seen)
    at_once(*[lambda: deliver(town.services, "race-1")] * 4)
    assert [one["reply_id"] for one in town.fakes.sent()].count("race-1") == 1


def test_a_reply_and_a_new_message_at_once_never_pass_each_other_unseen(town: Town) -> None:
    for number in range(15):
        town.whatsapp(f"eerste {number}", author=f"NL.{number}")
        town.work()
        rows = view_queue(town.services, SANNE).rows
        (row,) = [row for row in rows if row.text == f"eerste {number}"]
        claim(town.services, SANNE, row.subject)
        seen = view_conversation(town.services, SANNE, row.subject).newest

        def write(author: str = f"NL.{number}") -> None:
            town.whatsapp("tweede", author=author)
            town.work()

        def answer(subject: str = row.subject, seen: str = seen, n: int = number) -> object:
            return reply(town.services, SANNE, subject, reply_id=f"p-{n}", text="Dag", seen=seen)

        _, outcome = at_once(write, answer)
        view = view_conversation(town.services, SANNE, row.subject)
        assert [m.message.text for m in view.messages].count("tweede") == 1
        answered = [m for m in view.messages if m.message.direction == "out"]
        assert len(answered) == (0 if isinstance(outcome, Conflict) else 1)
        assert view.item
        assert not view.item.answered or answered
    town.work()
    assert balance(town.services, MARIJKE).owed == 0
