"""The card as an agent fills it in, and as a unit reads it."""

from tests.conftest import SANNE, Town
from tests.web.visiting import Seen, Visitor, signed_in


def opened(town: Town) -> tuple[Visitor, str, Seen]:
    town.whatsapp("Er wordt gevochten op de Oude Markt in Enschede, een man heeft een mes")
    town.work()
    sanne = signed_in(town.services, SANNE)
    links = sanne.get("/wachtrij").page.links
    address = next(link for link in links if link.startswith("/gesprek/")).partition("#")[0]
    page = sanne.get(f"{address}/doorgeven")
    return sanne, address, page


def filled(page: Seen, **other: str) -> dict[str, str]:
    names = ("what", "where", "when", "who", "injured", "weapons", "direction", "callback")
    fields = page.page.fields
    return {name: fields[name] for name in (*names, "card_id")} | {"naar": "meldkamer"} | other


def test_an_agent_checks_the_card_and_a_unit_confirms_it(town: Town) -> None:
    sanne, address, page = opened(town)
    assert "Oude Markt" in page.page.fields["where"]
    fields = filled(page, injured="een man, bloedt")
    sent = sanne.follow(sanne.post(f"{address}/doorgeven", **fields))
    assert "Doorgegeven." in sent.text
    town.work()
    link = town.fakes.received()[0]["receipt"].removeprefix("https://nabij.example")
    unit = Visitor()
    read = unit.get(link)
    assert "een man, bloedt" in read.text
    assert read.headers["referrer-policy"] == "no-referrer"
    assert "Verstuurd." in sanne.get(f"{address}/doorgeven").text, "looking is no receipt"
    assert "Ans heeft dit" in unit.follow(unit.post(link, "cross-site", wie="Ans")).text
    assert "Meldkamer heeft dit ontvangen (Ans)" in sanne.get(address).text
    assert "Ontvangen. Ans heeft dit" in sanne.get(f"{address}/doorgeven").text


def test_what_is_missing_is_named_and_what_was_typed_stays(town: Town) -> None:
    sanne, address, page = opened(town)
    seen = sanne.post(f"{address}/doorgeven", **filled(page, what="", who="een man in rood"))
    assert seen.status == 422
    assert "Vul in wat er is." in seen.text
    assert seen.page.fields["who"] == "een man in rood"


def test_a_link_that_is_none_opens_nothing(town: Town) -> None:
    assert town
    assert Visitor().get("/kaart/zomaar").status == 404
