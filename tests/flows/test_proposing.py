"""A language model proposes from our articles, or is not heard; and nothing leaves by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from chalicelib import wiring
from chalicelib.domain.proposal import Article, Drafted
from chalicelib.flows.desk.viewing import view_queue
from tests.conftest import SANNE, NobodySignsIn, Town
from tests.web.visiting import Visitor, signed_in

TEXT = "Mijn fiets is gestolen, hoe kan ik aangifte doen? Bel me op 06 12345678"


@dataclass
class Model:
    """Says what it was told to say; ``cites`` replaces the ids of the articles that it got."""

    cites: tuple[str, ...] | None = None
    asked: list[str] = field(default_factory=list)

    def draft(self, question: str, articles: Sequence[Article]) -> Drafted:
        self.asked.append(question)
        ids = tuple(one.id for one in articles[:1]) if self.cites is None else self.cites
        return Drafted("Dat kan via de site.", ids)


def desk(town: Town, model: Model | None) -> tuple[Visitor, str]:
    services = replace(town.services, drafter=model)
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    town.whatsapp(TEXT)
    town.work()
    (row,) = view_queue(services, SANNE).rows
    return signed_in(services, SANNE), f"/gesprek/{row.subject}/voorstellen"


def test_a_proposal_names_its_article_and_becomes_a_draft_only(town: Town) -> None:
    model = Model()
    sanne, place = desk(town, model)
    before = len(town.fakes.sent())
    shown = sanne.post(place, model="ja")
    assert "Uit onze artikelen:" in shown.text
    assert "12345678" not in model.asked[0]
    sanne.post(place, tekst="Dat kan via de site.")
    sanne.post(place.replace("voorstellen", "oppakken"))
    assert "Dat kan via de site." in sanne.get(place.removesuffix("/voorstellen")).html
    town.work()
    assert len(town.fakes.sent()) == before


@pytest.mark.parametrize("cites", [(), ("verzonnen",)])
def test_what_rests_on_no_article_of_ours_is_thrown_away(
    town: Town, cites: tuple[str, ...]
) -> None:
    sanne, place = desk(town, Model(cites=cites))
    shown = sanne.post(place, model="ja")
    assert "gaf niets dat op een artikel" in shown.text
    assert "Dat kan via de site." not in shown.text


def test_where_there_is_none_the_page_says_so(town: Town) -> None:
    sanne, place = desk(town, None)
    assert "Er is geen taalmodel ingeschakeld." in sanne.get(place).text
    assert "gaf niets" in sanne.post(place, model="ja").text
