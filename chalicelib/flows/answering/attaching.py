"""A file of ours goes along with an answer: uploaded, judged, and sent by its delivery."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.channels.contract import OutgoingFile
from chalicelib.channels.limits import FileRules, Rules
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.media import UPLOAD_KEPT, KeptMedia, Media, MediaKind
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.sniffing import sniffed
from chalicelib.errors import ChannelRefused, ChannelUnavailable, InvalidInput, NotFound, TooLong
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.attached import end_of, new_place
from chalicelib.flows.taking_in.picturing import pictured
from chalicelib.store import access_log, kept_messages, keys, media
from chalicelib.store.table import Operation

LARGEST_UPLOAD = 4_000_000
"""Bytes: what Lambda takes in one request is 6 MB, in base64."""

LONGEST_NAME = 80

KINDS: dict[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}


def attach(services: Services, agent: Principal, subject: str, name: str, body: bytes) -> KeptMedia:
    """Keep a file for an answer to this citizen. Raises ``InvalidInput`` saying what is wrong."""
    agent.must_be_allowed_to("answer")
    now = services.now()
    conversation = found(services, subject)
    limits = limits_of(services, conversation)
    must_be_taken(limits.files, sniffed(body), len(body))
    upload = kept_upload(services, of_answer(conversation, agent), name, body)
    log = access_log.used(agent, "attach_file", f"{subject}/{upload.id}", now)
    services.table.write(media.first(upload), log)
    return upload


@dataclass(frozen=True, slots=True)
class Whose:
    """What an upload is for, and who brings it: an agent, or None for a citizen."""

    subject: str
    channel: str
    account: str
    by: str | None = None
    id: str | None = None


def of_answer(conversation: Conversation, agent: Principal) -> Whose:
    return Whose(conversation.subject, conversation.channel, conversation.account, agent.id)


def kept_upload(services: Services, whose: Whose, name: str, body: bytes) -> KeptMedia:
    """The bytes in the bucket, judged and scanned. Raises ``InvalidInput`` for malware."""
    now, place, mime = services.now(), new_place(), sniffed(body)
    services.bucket.put(place, body)
    ends_at = later(now, UPLOAD_KEPT)
    upload = KeptMedia(
        id=whose.id or keys.digest(place),
        subject=whose.subject,
        message_sk="",
        channel=whose.channel,
        account=whose.account,
        number=0,
        given=Media(kind=kind_of(mime), mime=mime, name=fit(name)),
        state="stored",
        created_at=now,
        due_at=ends_at,
        ends_at=ends_at,
        place=place,
        by=whose.by,
        mime=mime,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        blurred=pictured(body, mime).blurred,
        scan=services.scanner.scan(place),
    )
    must_be_clean(services, upload)
    return upload


def kind_of(mime: str) -> MediaKind:
    return KINDS.get(mime.partition("/")[0], "document")


def must_be_taken(
    limits: FileRules | None, mime: str, size: int, *, at_once: int = LARGEST_UPLOAD
) -> None:
    """What the channel would refuse, or a request cannot hold (``at_once``): ``InvalidInput``."""
    if limits is None or mime not in limits.largest:
        raise wrong(
            "dit soort bestand kan hier niet mee",
            "this kind of file cannot go along here",
        )
    most = min(limits.largest[mime], at_once)
    if size > most:
        megabytes = f"{most / 1_000_000:.0f}"
        raise wrong(
            f"het bestand is te groot: hoogstens {megabytes} MB",
            f"the file is too large: at most {megabytes} MB",
        )


def must_be_clean(services: Services, upload: KeptMedia) -> None:
    if upload.scan == "infected":
        services.bucket.delete(upload.place)
        raise wrong("er is schadelijke software in gevonden", "malware was found in it")


def wrong(nl: str, en: str) -> InvalidInput:
    return InvalidInput(en, {"file": {"nl": nl, "en": en}})


def fit(name: str) -> str:
    """A name that any platform takes, without the folders that it came from."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one if one.isalnum() or one in "._- " else "_" for one in last).strip(" .")
    return kept[-LONGEST_NAME:] or "bestand"


def attached(
    services: Services, agent: Principal, subject: str, ids: Sequence[str]
) -> list[KeptMedia]:
    """The agent's uploads under these ids. Raises ``InvalidInput`` when one is no longer there."""
    wanted, now = list(dict.fromkeys(ids)), services.now()
    kept = [media.find(services.table, keys.media(subject, one), now) for one in wanted]
    ours = [one for one in kept if one and one.by == agent.id and not one.message_sk]
    if len(ours) < len(wanted):
        raise wrong("voeg het bestand opnieuw toe", "add the file again")
    return ours


def must_fit(limits: Rules, text: str, files: Sequence[KeptMedia]) -> None:
    """How many files, and how much text they carry. Raises ``InvalidInput`` or ``TooLong``."""
    if not files:
        return
    if limits.files is None or len(files) > limits.files.most:
        raise wrong("zoveel bestanden kunnen niet mee", "so many files cannot go along")
    length = limits.measure(text)
    if length > limits.files.longest_caption:
        raise TooLong("too long beside a file", longest=limits.files.longest_caption, length=length)


def sent_with(files: Sequence[KeptMedia], message: KeptMessage) -> list[Operation]:
    """The uploads become files of this message, and are kept as long."""
    sk, ends_at = kept_messages.key_of(message).sk, end_of(message.accepted_at)
    changed = [replace(one, message_sk=sk, ends_at=ends_at, due_at=ends_at) for one in files]
    return [media.saved(one, after) for one, after in zip(files, changed, strict=True)]


def files_kept(services: Services, delivery: Delivery) -> tuple[KeptMedia, ...]:
    """The files that go along, as they are kept."""
    wanted = [keys.media(delivery.subject, one) for one in delivery.files]
    found = [media.find(services.table, key, services.now()) for key in wanted]
    return tuple(one for one in found if one)


def unsent(files: Sequence[KeptMedia], now: Moment) -> list[Operation]:
    """The files of an answer that was taken back are uploads again, for as long as those last."""
    ends_at = later(now, UPLOAD_KEPT)
    again = [replace(one, message_sk="", ends_at=ends_at, due_at=ends_at) for one in files]
    return [media.saved(one, after) for one, after in zip(files, again, strict=True)]


def files_of(services: Services, delivery: Delivery) -> tuple[OutgoingFile, ...]:
    """The bytes that a delivery carries. Raises ``ChannelRefused`` or ``ChannelUnavailable``."""
    return tuple(file_of(services, delivery, id_) for id_ in delivery.files)


def file_of(services: Services, delivery: Delivery, id_: str) -> OutgoingFile:
    key = keys.media(delivery.subject, id_)
    kept = media.find(services.table, key, services.now())
    if kept is None:
        raise ChannelRefused(delivery.channel, "no-file", "het bestand is er niet meer")
    scan = services.scanner.scan(kept.place) if kept.scan == "pending" else kept.scan
    if scan == "pending":
        raise ChannelUnavailable(delivery.channel, "scanning", "het bestand wordt nog onderzocht")
    if scan == "infected":
        reason = "er is schadelijke software in het bestand gevonden"
        raise ChannelRefused(delivery.channel, "malware", reason)
    try:
        body = services.bucket.get(kept.place)
    except NotFound as error:
        reason = "het bestand is er niet meer"
        raise ChannelRefused(delivery.channel, "no-file", reason) from error
    name, mime = kept.given.name or "bestand", kept.mime or ""
    return OutgoingFile(kind=kept.given.kind, name=name, mime=mime, body=body)
