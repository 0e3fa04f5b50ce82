"""The one place that joins real parts. Everything else gets them handed in.

The entrances ask ``services()`` when a request comes, never at import. Whoever starts the
process says once which parts it gets (``use``): the local stage, a test, a replay.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from chalicelib.channels.http import Http, Signer
from chalicelib.channels.registry import CHANNELS
from chalicelib.detection import Reader, classifier
from chalicelib.detection.cross_encoder import CrossEncoder
from chalicelib.detection.encoder import Encoder
from chalicelib.domain.calendar import Calendar, read_hours
from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.sample import Sizes
from chalicelib.domain.signing_in import Attempt
from chalicelib.errors import Misconfigured
from chalicelib.flows.citizen.pointing import pointing
from chalicelib.flows.services import Classify, Hints, Pager, SecretStore, Services
from chalicelib.identity.oidc import OidcSignIn
from chalicelib.intake.engine import Assistant
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.knowledge.asking import Desk
from chalicelib.knowledge.finding import Meaning
from chalicelib.settings import Settings
from chalicelib.store.bucket import FolderBucket
from chalicelib.store.sqlite import SqliteTable
from chalicelib.web.sentences import advice

MEANINGS = 1_024
"""How many texts' meanings are remembered."""


class SignIn(Protocol):
    """Who establishes that somebody is who they say: an identity provider."""

    def start(self, attempt: Attempt) -> str:
        """The address to send the browser to; it returns with a code and the attempt's state."""
        ...

    def finish(self, code: str, attempt: Attempt) -> str:
        """The principal's id for a code. Raises ``NotSignedIn``."""
        ...


@dataclass(slots=True)
class House:
    """What the entrances need: the flows' services, who signs people in, whose tiles a map has."""

    services: Services
    sign_in: SignIn
    map_tiles: str = ""


_house: list[House] = []


def use(house: House) -> None:
    """From now on the entrances get these parts. Said once, by whoever starts the process."""
    _house[:] = [house]


def services() -> Services:
    """The services. Raises ``Misconfigured`` when nobody said which."""
    return in_use().services


def practising() -> bool:
    """Whether this is practice; false where nobody said what the parts are."""
    return bool(_house) and _house[0].services.practice


def map_tiles() -> str:
    """The address of somebody's map tiles, with {z}, {x} and {y}; empty: the map does without."""
    return in_use().map_tiles


def sign_in() -> SignIn:
    """Who signs people in."""
    return in_use().sign_in


def in_use() -> House:
    """The parts in use; in Lambda, where nobody says which, the deployed ones by the environment.

    Raises ``Misconfigured``.
    """
    if not _house:
        if not in_lambda():
            raise Misconfigured("no parts were joined: start with `python -m infra run`")
        use(deployed(Settings.from_environment()))
    return _house[0]


def in_lambda() -> bool:
    """Whether this process is a Lambda."""
    return "AWS_LAMBDA_FUNCTION_NAME" in os.environ


def embedded(settings: Settings, *, secrets: SecretStore, pager: Pager, hints: Hints) -> Services:
    """Services on the embedded engine.

    Raises ``Misconfigured`` in Lambda: that is no place for a database in a folder, nor for the
    local stage's open doors.
    """
    if in_lambda() or settings.data is None:
        raise Misconfigured("setting NABIJ_ENGINE=embedded is for one machine, not for Lambda")
    folder = settings.data
    folder.mkdir(parents=True, exist_ok=True)
    encoder = local_encoder(settings)
    classify = classifier(settings.detection, encoder)
    return Services(
        table=SqliteTable(folder / "table.sqlite"),
        bucket=FolderBucket(folder / "bucket"),
        jobs=SqliteJobs(folder / "jobs.sqlite", present),
        channels=CHANNELS,
        secrets=secrets,
        http=http(settings),
        pager=pager,
        hints=hints,
        classify=classify,
        meaning=meaning_of(encoder) if encoder else None,
        same_event=cross_encoder(encoder).same_event if encoder else None,
        index=SqliteTable(folder / "search.sqlite"),
        clock=present,
        sizes=sizes(settings),
        public_url=settings.public_url,
        assistant=assistant(classify, encoder),
        calendar=calendar(settings),
        video=settings.video,
        practice=settings.practice,
    )


def calendar(settings: Settings) -> Calendar:
    """When people answer here. Raises ``Misconfigured`` when the hours cannot be read."""
    try:
        return Calendar(hours=read_hours(settings.hours), zone=HERE)
    except ValueError as error:
        raise Misconfigured(f"setting NABIJ_HOURS: {error}", setting="NABIJ_HOURS") from error


def cross_encoder(encoder: Encoder) -> CrossEncoder:
    """What reads messages beside each other, of the same folder. Raises ``Misconfigured``."""
    try:
        return CrossEncoder(encoder)
    except FileNotFoundError as error:
        raise Misconfigured(f"setting NABIJ_ENCODER: {error}", setting="NABIJ_ENCODER") from error


def local_encoder(settings: Settings) -> Encoder | None:
    """The encoder in this process, if its folder is named. Raises ``Misconfigured``."""
    if settings.detection != "full" or not settings.encoder:
        return None
    try:
        return Encoder(Path(settings.encoder))
    except FileNotFoundError as error:
        raise Misconfigured(f"setting NABIJ_ENCODER: {error}", setting="NABIJ_ENCODER") from error


def assistant(classify: Classify, encoder: Reader | None) -> Assistant:
    """The intake assistant with the approved texts and our knowledge as its signpost."""
    meaning = meaning_of(encoder) if encoder else None
    return Assistant(advice(), pointing(Desk(classify, meaning)))


def meaning_of(encoder: Reader) -> Meaning:
    """The encoder's meaning of a text; what was asked before is not read again."""
    return lru_cache(maxsize=MEANINGS)(lambda text: tuple(encoder.read(text, "").meaning))


def deployed(settings: Settings) -> House:
    """Everything on AWS, by the settings. Raises ``Misconfigured``."""
    # boto3 takes a fifth of a second to import: who runs embedded does without.
    from chalicelib.aws.parts import aws_parts  # noqa: PLC0415

    if settings.deployed is None:
        raise Misconfigured("setting NABIJ_ENGINE must be 'aws' in Lambda")
    parts = aws_parts(
        settings.deployed,
        settings.public_url,
        present,
        encoder=settings.encoder,
        translate=settings.translate,
        model=settings.model,
    )
    classify = classifier(settings.detection, parts.encoder)
    services = Services(
        table=parts.table,
        bucket=parts.bucket,
        scanner=parts.scanner,
        jobs=parts.jobs,
        channels=CHANNELS,
        secrets=parts.secrets,
        http=http(settings, parts.signers),
        pager=parts.pager,
        hints=parts.hints,
        receivers=parts.receivers,
        translator=parts.translator,
        drafter=parts.drafter,
        classify=classify,
        meaning=meaning_of(parts.encoder) if parts.encoder else None,
        same_event=parts.encoder.same_event if parts.encoder else None,
        index=parts.index,
        clock=present,
        sizes=sizes(settings),
        calendar=calendar(settings),
        video=settings.video,
        public_url=settings.public_url,
        assistant=assistant(classify, parts.encoder),
    )
    return House(
        services=services,
        sign_in=identity_provider(settings, parts.secrets),
        map_tiles=settings.map_tiles,
    )


def identity_provider(settings: Settings, secrets: SecretStore) -> OidcSignIn:
    """Who signs people in. Nothing is asked of it yet. Raises ``Misconfigured``."""
    named = settings.provider
    if named is None:
        raise Misconfigured("setting NABIJ_OIDC_ISSUER is missing", setting="NABIJ_OIDC_ISSUER")

    def secret() -> str:
        kept = secrets.of("oidc", named.client) if named.confidential else None
        return kept.current.get("client_secret", "") if kept else ""

    return OidcSignIn(named.issuer, named.client, named.claim, secret)


def http(settings: Settings, signers: Mapping[str, Signer] | None = None) -> Http:
    """The platforms' addresses, and our own: the form is a channel of ours."""
    urls = {"form": settings.public_url, "chat": settings.public_url, **settings.platform_urls}
    return Http(urls, signers=signers or {})


def sizes(settings: Settings) -> Sizes:
    """How many messages a team judges a day."""
    low = settings.sample
    return Sizes(low=low, raised=-(-low // 4), doubted=settings.uncertain)


def present() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)
