"""WhatsApp's error codes in words, sorted by what they mean for us (channels.md 4.7).

Codes that close the whole account (blocked, unpaid, limited) stand with lost access, beside the
expired credentials: every next answer would fail too, and a person has to settle it with Meta.
What concerns one citizen or one template is a plain refusal, which the agent reads.
"""

from datetime import timedelta

from chalicelib.channels.meta_errors import PERMISSIONS

UNAVAILABLE = {
    "1": "WhatsApp heeft een onbekende storing",
    "2": "WhatsApp is tijdelijk niet bereikbaar",
    "131000": "er ging iets mis bij WhatsApp",
    "131016": "WhatsApp is tijdelijk overbelast",
    "133004": "de server van WhatsApp is tijdelijk niet bereikbaar",
}

THROTTLED = {
    "4": (timedelta(minutes=5), "te veel verzoeken van onze koppeling"),
    "80007": (timedelta(minutes=5), "te veel verzoeken van ons WhatsApp-account"),
    "130429": (timedelta(seconds=2), "te veel berichten tegelijk vanaf dit nummer"),
    "131056": (timedelta(seconds=6), "te veel berichten kort na elkaar aan deze inwoner"),
    "131057": (timedelta(minutes=5), "ons WhatsApp-account is in onderhoud"),
}

NO_PERMISSION = "onze koppeling heeft geen toestemming voor dit WhatsApp-nummer"
ACCESS_LOST = {
    "0": "WhatsApp herkent onze koppeling niet",
    "3": NO_PERMISSION,
    "10": NO_PERMISSION,
    "190": "onze toegang tot WhatsApp is verlopen of ingetrokken",
    "368": "WhatsApp heeft ons account tijdelijk geblokkeerd wegens zijn regels",
    "131005": NO_PERMISSION,
    "131031": "WhatsApp heeft ons account geblokkeerd",
    "131042": "de betaling van ons WhatsApp-account is niet in orde",
    "131045": "ons WhatsApp-nummer is niet goed aangemeld",
    "131048": "WhatsApp beperkt ons nummer: te veel berichten zijn als ongewenst gemeld",
    "131064": "ons WhatsApp-account heeft zijn berichtenlimiet bereikt",
    "133010": "ons WhatsApp-nummer is niet aangemeld",
}

REFUSED = {
    "33": "het nummer of bericht bestaat niet meer bij WhatsApp",
    "100": "WhatsApp keurt het verzoek af: een gegeven ontbreekt of klopt niet",
    "130472": "WhatsApp bezorgt dit niet: de inwoner zit in een proef van het platform",
    "130497": "ons account mag geen berichten sturen naar inwoners in dat land",
    "131008": "er ontbreekt een verplicht gegeven",
    "131009": "een gegeven heeft een waarde die WhatsApp niet toestaat",
    "131021": "afzender en ontvanger zijn hetzelfde nummer",
    "131026": "niet te bezorgen: geen WhatsApp, een te oude app of voorwaarden niet aanvaard",
    "131030": "dit nummer staat niet op de lijst van toegestane ontvangers",
    "131047": "het venster van 24 uur is voorbij: alleen een sjabloonbericht mag nog",
    "131049": "WhatsApp bezorgt dit nu niet aan deze inwoner; probeer het pas na 24 uur weer",
    "131050": "de inwoner wil geen berichten van deze soort ontvangen",
    "131051": "WhatsApp kent deze soort bericht niet",
    "131052": "het bestand van de inwoner kon niet worden opgehaald",
    "131053": "het bestand kon niet worden verstuurd",
    "131062": "hiervoor is het telefoonnummer van de inwoner nodig",
    "132000": "het sjabloon heeft een ander aantal invulvelden",
    "132001": "het sjabloon bestaat niet in deze taal",
    "132005": "het ingevulde sjabloon is te lang",
    "132007": "het sjabloon is in strijd met de regels van WhatsApp",
    "132012": "een invulveld van het sjabloon heeft de verkeerde vorm",
    "132015": "het sjabloon is gepauzeerd wegens klachten",
    "132016": "het sjabloon is uitgeschakeld wegens klachten",
}

_WORDS = {
    **UNAVAILABLE,
    **{code: words for code, (_, words) in THROTTLED.items()},
    **ACCESS_LOST,
    **REFUSED,
}


def is_about_permission(code: str) -> bool:
    """Does this code mean that our own access is gone? Graph keeps 200 to 299 for permissions."""
    return code in ACCESS_LOST or code in PERMISSIONS


def reason_of(code: str, otherwise: str = "") -> str:
    """The reason in Dutch; the platform's own words for a code that we do not know."""
    known = _WORDS.get(code) or (NO_PERMISSION if is_about_permission(code) else "")
    return known or otherwise or f"WhatsApp weigert met code {code}"
