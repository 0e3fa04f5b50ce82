"""Buttons: offered below an answer, pressed by a citizen, acknowledged at once."""

import json

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.errors import InvalidInput, TooLong
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import directory
from tests.conftest import SANNE, TELEGRAM, Town, account
from tests.flows.test_delivering import answered, delivery


def deliver_telegram(town: Town, update: dict[str, object]) -> None:
    headers = {"x-telegram-bot-api-secret-token": "tg-secret-test"}
    body = json.dumps({"update_id": 1, **update}).encode()
    request = WebhookRequest(method="POST", headers=headers, body=body)
    receive_webhook(town.services, "telegram", TELEGRAM, request)
    town.work()


def test_a_pressed_button_is_acknowledged_before_anybody_looks(town: Town) -> None:
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    eva = {"id": 7700, "is_bot": False, "first_name": "Eva"}
    deliver_telegram(town, {"callback_query": {"id": "77", "from": eva, "data": "Ja"}})
    assert town.fakes.read()[-1]["external_id"] == "cq:77"
    assert len(view_queue(town.services, SANNE).rows) == 1


def test_an_answer_goes_out_with_its_choices(town: Town) -> None:
    town.whatsapp("Mijn fiets is weg")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    choices = ("Gestolen", "Kwijt", "Gevonden", "Iets anders")
    reply(
        town.services, SANNE, row.subject,
        reply_id="knop-1", text="Wat is er gebeurd?", seen=seen, choices=choices,
    )  # fmt: skip
    town.work()
    assert delivery(town, "knop-1").state == "sent"
    sent = next(one for one in town.fakes.sent() if one["reply_id"] == "knop-1")
    assert (sent["kind"], sent["choices"]) == ("interactive", [*choices])


@pytest.mark.parametrize(
    ("choices", "text", "error"),
    [
        (("Ja", "Ja"), "Klopt dat?", InvalidInput),
        (tuple(map(str, range(11))), "Kies", InvalidInput),
        (("a" * 21,), "Kies", InvalidInput),
        ((" ",), "Kies", InvalidInput),
        (("Ja",), "a" * 1025, TooLong),
    ],
)
def test_choices_that_the_platform_would_refuse_are_refused_first(
    town: Town, choices: tuple[str, ...], text: str, error: type[Exception]
) -> None:
    subject = answered(town, "knop-2")
    seen = view_conversation(town.services, SANNE, subject).newest
    with pytest.raises(error):
        reply(
            town.services, SANNE, subject, reply_id="knop-3", text=text, seen=seen, choices=choices
        )
