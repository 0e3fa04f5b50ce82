"""The error codes that Messenger, Facebook and Instagram share (channels.md 5.3)."""

from datetime import timedelta

from chalicelib.channels.meta_errors import Codes

FIVE_MINUTES = timedelta(minutes=5)
WINDOW_ENDED = "het venster voor antwoorden is voorbij: de inwoner moet eerst weer schrijven"
NOT_REACHABLE = "deze inwoner ontvangt geen berichten van ons"


def codes_of(channel: str, platform: str) -> Codes:
    """The table, in this platform's name."""
    no_permission = f"onze koppeling heeft geen toestemming voor dit account op {platform}"
    return Codes(
        channel=channel,
        platform=platform,
        no_permission=no_permission,
        unavailable={
            "1": f"{platform} heeft een onbekende storing",
            "2": f"{platform} is tijdelijk niet bereikbaar",
            "1200": f"{platform} heeft een tijdelijke storing",
        },
        throttled={
            "4": (FIVE_MINUTES, "te veel verzoeken van onze koppeling"),
            "17": (FIVE_MINUTES, "te veel verzoeken van onze gebruiker"),
            "32": (FIVE_MINUTES, "te veel verzoeken van onze pagina"),
            "341": (FIVE_MINUTES, "onze koppeling heeft haar grens bereikt"),
            "613": (timedelta(minutes=1), "te veel berichten tegelijk"),
            "80006": (FIVE_MINUTES, "te veel berichten van ons account"),
        },
        access_lost={
            "3": no_permission,
            "10": no_permission,
            "190": f"onze toegang tot {platform} is verlopen of ingetrokken",
            "200": no_permission,
            "368": f"{platform} heeft ons account tijdelijk geblokkeerd wegens zijn regels",
            "10/1893063": f"{platform} heeft onze pagina tijdelijk beperkt",
        },
        refused={
            "10/2018278": WINDOW_ENDED,
            "10/2534022": WINDOW_ENDED,
            "10/*": f"{platform} staat dit antwoord niet toe",
            "100": f"{platform} keurt het verzoek af: een gegeven ontbreekt of klopt niet",
            "100/1545041": NOT_REACHABLE,
            "100/2018001": f"deze inwoner bestaat niet (meer) op {platform}",
            "200/1545041": NOT_REACHABLE,
            "551": NOT_REACHABLE,
            "10900": "hierop is al privé geantwoord; dat kan één keer",
        },
    )
