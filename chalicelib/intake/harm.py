"""Who is hurt, with what, and where somebody went."""

import re

HURT = (
    r"bloed\w*|gewond\w*|bewusteloos|buiten bewustzijn|ademt niet|beweegt niet|niet meer beweegt|"
    r"reageert niet|"
    r"gebroken (?:neus|arm|been|pols|kaak|rib\w*)|blauw oog|hersenschudding|bekneld|bleeding|"
    r"injured|verletzt|"
    r"nog (?:binnen|in het huis|in de auto)|niet weg kan"
)
NOBODY = re.compile(
    r"\b(?:niemand|geen)\b[^.,!?]{0,15}\b(?:gewond\w*|hurt)\b|\bno one (?:is )?(?:hurt|injured)",
    re.IGNORECASE,
)
CLAUSE = re.compile(rf"[^.,!?;]*\b(?:{HURT})\b[^.,!?;]*", re.IGNORECASE)
ANIMAL = re.compile(
    r"\b(?:hond|kat|zwaan|vogel|paard|dier|eend|ree|koe|verkoper|webshop|site|ex)\b", re.IGNORECASE
)
LEAD = re.compile(
    r"^\W*(?:(?:en|er|is|ligt|staat|zit|een|de|die|dat|ik|heb|nog|maar) )*", re.IGNORECASE
)
SUBJECT = re.compile(r".*\b(?:en|er (?:ligt|is|staat|zit)) ((?:een |de )?[\w ]*)", re.IGNORECASE)
MOST_WORDS = 9

WEAPONS = {
    "mes": r"mes|messen|knife|messer|couteau|nóż|nożem|b\u0131\u00e7ak|ніж|cuchillo|سكين",
    "vuurwapen": r"pistool|vuurwapen|geweer|gun|pistol|pistole|tabanca|pistolet|pistola|пістолет",
    "bijl": r"bijl|axe",
    "machete": r"machete|kapmes",
    "koevoet": r"koevoet|breekijzer",
    "honkbalknuppel": r"honkbalknuppel|knuppel",
    "zwaard": r"\w*zwaard",
    "hamer": r"hamer",
}
NO_WEAPON = re.compile(r"\b(?:geen wapens?|no weapons?)\b", re.IGNORECASE)

MOVES = (
    r"loopt|rent|rijdt|fietst|vlucht|liep|rende|reed|fietste|vluchtte|ging|gaat|gingen|lopen|"
    r"rennen|rijden|running|"
    r"wegrennen|weggerend|weggereden|gevlucht|wegrijden"
)
ADVERBS = r"(?:nu|net|toen|hard|snel|weg|vandoor|er|keihard|weer|is|zijn)"
DIRECTION = re.compile(
    rf"\b(?:{MOVES})(?: {ADVERBS})*,? (?:richting|naar|towards) (?!binnen|huis|buiten|werk|school|"
    rf"me |mij |ons |haar |hem )"
    r"((?:(?:de|het|een|the) )?[\w'-]+(?: [\w'-]+)?)",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\brichting ((?:(?:de|het|een) )?[\w'-]+)", re.IGNORECASE)
STOPS = re.compile(r" (?:en|nu|toen|hij|ze|met|nog|maar|in)\b.*", re.IGNORECASE)
OWN = re.compile(r"\b(?:ik|we|wij|trein|bus|intercity)\b[^.,!?]*$", re.IGNORECASE)
ENGLISH = {"the station": "het station", "the park": "het park", "the exit": "de uitgang"}


def injured(text: str) -> str | None:
    """Who is hurt and how, or that nobody is."""
    if NOBODY.search(text):
        return "niemand gewond"
    found = CLAUSE.search(text)
    if not found or ANIMAL.search(found.group()) or "gewoond" in found.group():
        return None
    clause = found.group()
    tail = re.split(r"\b(?:en|omdat|want)\b(?= (?:er|hij|ze|zij|een|bloedt|is)\b)", clause)
    hurt = next((part for part in reversed(tail) if re.search(HURT, part, re.IGNORECASE)), clause)
    return LEAD.sub("", " ".join(hurt.split()[-MOST_WORDS:])).strip() or None


def weapons(text: str) -> str | None:
    """Which weapons were seen, or that none were."""
    if NO_WEAPON.search(text):
        return "geen wapens"
    found = [
        name for name, said in WEAPONS.items() if re.search(rf"\b(?:{said})\b", text, re.IGNORECASE)
    ]
    return ", ".join(found) or None


def direction(text: str) -> tuple[str, tuple[int, int]] | None:
    """Where somebody went, and where in the text it says so."""
    for pattern in (DIRECTION, TOWARDS):
        for match in pattern.finditer(text):
            if not OWN.search(text[: match.start()]):
                where = STOPS.sub("", match.group(1))
                away = "loopt weg naar" if " weg " in match.group() else "richting"
                end = match.start(1) + len(where)
                return f"{away} {ENGLISH.get(where.casefold(), where)}", (match.start(), end)
    return None
