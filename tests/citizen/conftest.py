"""A town with a chat and an assistant, and citizens who hold links to their dossiers."""

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.flows.citizen.assisted import set_assistant
from chalicelib.flows.citizen.pointing import pointing
from chalicelib.intake.engine import Assistant
from chalicelib.knowledge.asking import Desk
from chalicelib.store import directory
from chalicelib.web.sentences import advice
from tests.conftest import MARIJKE, WHATSAPP, NobodySignsIn, Town, account
from tests.web.visiting import Visitor

LINK = re.compile(r"https://nabij\.example(/melding/link/[\w-]+)")
NUMBER = re.compile(r"\d{3} \d{3} \d{3}")


@dataclass
class Square:
    """The town as its citizens see it."""

    town: Town
    before: int

    def received(self, author: str = "NL.1001") -> list[str]:
        """What reached this citizen on WhatsApp, oldest first."""
        sent: list[dict[str, Any]] = self.town.fakes.sent(after=self.before)
        return [one["text"] for one in sent if one["to"] == author]

    def writes(self, text: str, author: str = "NL.1001") -> str:
        """A citizen writes, everything is worked off; what they got back last."""
        self.town.clock.forward(seconds=5)
        self.town.whatsapp(text, author=author)
        self.town.work()
        return (self.received(author) or [""])[-1]

    def link(self, author: str = "NL.1001") -> str:
        """The path of the newest link that this citizen got."""
        found = [path for text in self.received(author) for path in LINK.findall(text)]
        return str(found[-1])

    def number(self, author: str = "NL.1001") -> str:
        return str(next(n for one in self.received(author) for n in NUMBER.findall(one)))

    def inside(self, author: str = "NL.1001") -> Visitor:
        """This citizen in their dossier, by the link that they got."""
        visitor = Visitor()
        seen = visitor.post(self.link(author))
        assert seen.place == "/melding", seen.text
        return visitor


@pytest.fixture
def square(town: Town) -> Square:
    """The town, with a chat and the assistant switched on for WhatsApp."""
    town.services.table.write(directory.kept_account(account("chat", "nabij")))
    assistant = Assistant(advice(), pointing(Desk(town.services.classify)))
    town.services = replace(town.services, assistant=assistant)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    set_assistant(town.services, MARIJKE, "whatsapp", WHATSAPP, on=True)
    return Square(town, len(town.fakes.sent()))
