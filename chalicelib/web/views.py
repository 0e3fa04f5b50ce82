"""How the API shows what the flows return."""

from typing import Any

import msgspec

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.label import Label
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment
from chalicelib.domain.queue_item import QueueItem, QueueRow
from chalicelib.flows.assessing.recalling import RecallView
from chalicelib.flows.assessing.sampling import ToJudge
from chalicelib.flows.desk.viewing import ConversationView, MessageView
from chalicelib.flows.incidents.incident_desk import DeskView, ReportView
from chalicelib.flows.running.accounting import Balance

Json = dict[str, Any]

ITEM = (
    "subject", "team", "channel", "account", "author_name", "text", "urgency", "emergency",
    "because", "lang", "waiting_since", "due_at", "answered", "claimed_by", "claimed_name",
    "claim_until", "paged_at", "snoozed_until",
)  # fmt: skip
"""What is told about a queue item, in a list and by itself."""


def row_json(row: QueueRow | QueueItem, now: Moment) -> Json:
    """An item of the queue. A claim that ended shows as none, swept or not."""
    shown = {name: getattr(row, name) for name in ITEM}
    about = row.about
    shown["routed"] = {"because": about.routed, "rule": about.rule, "moved": about.moved}
    shown["where"] = {"gemeente": about.gemeente or None, "unit": about.unit or None}
    shown["desk"] = about.desk or None
    if (row.claim_until or "") <= now:
        shown |= {"claimed_by": None, "claimed_name": None, "claim_until": None}
    return shown


def conversation_json(view: ConversationView, now: Moment) -> Json:
    """A conversation with all that is known about it."""
    conversation = view.conversation
    return {
        "subject": conversation.subject,
        "channel": conversation.channel,
        "account": conversation.account,
        "team": conversation.team,
        "lang": conversation.lang,
        "contact": {
            "id": conversation.contact,
            "name": conversation.author_name,
            "handle": conversation.author_id,
        },
        "messages": [message_json(one) for one in view.messages],
        "newest": view.newest,
        "findings": findings_json(view.messages),
        "timeline": msgspec.to_builtins(view.timeline),
        "item": row_json(view.item, now) if view.item else None,
        "window_until": view.window_until,
        "longest_text": view.longest_text,
    }


INCIDENT = (
    "subject", "state", "team", "topic", "urgency", "emergency", "title", "place", "gemeente",
    "unit", "point", "messages", "reporters", "media", "first_at", "latest_at", "growth",
    "channels", "langs", "joined_into",
)  # fmt: skip
"""What is told about an incident itself."""


def incident_json(desk: DeskView, now: Moment) -> Json:
    """An incident with its reports, what was taken out of it, and what it may be joined with."""
    return {
        **{name: getattr(desk.incident, name) for name in INCIDENT},
        "item": row_json(desk.item, now) if desk.item else None,
        "reports": [report_json(one) for one in desk.reports],
        "next": desk.more,
        "taken_out": [report_json(one) for one in desk.out],
        "parts": [{"subject": one.subject, "title": one.title} for one in desk.view.parts],
        "others": [
            {
                "subject": one.incident.subject,
                "title": one.incident.title,
                "because": list(one.because),
            }
            for one in desk.others
        ],
        "timeline": msgspec.to_builtins(desk.view.timeline),
    }


def report_json(report: ReportView) -> Json:
    """One report: where it stands, what it says, and why it belongs here."""
    member = report.member
    names = ("incident", "message", "subject", "channel", "lang", "at", "added_by", "gone_to")
    told = {name: getattr(member, name) for name in names}
    return {**told, "because": list(member.because), "text": report.text}


def file_json(file: KeptMedia) -> Json:
    """A file of a message: where it stands, and what it turned out to be."""
    return {
        "id": file.id,
        "kind": file.given.kind,
        "name": file.given.name,
        "state": file.state,
        "reason": file.reason,
        "mime": file.mime,
        "size": file.size,
        "sha256": file.sha256,
        "scan": file.scan,
        "differs": file.differs,
        "evidence": msgspec.json.decode(file.evidence) if file.evidence else None,
    }


def message_json(view: MessageView) -> Json:
    """One message, in or out."""
    message = view.message
    return {
        "id": message.id,
        "direction": message.direction,
        "kind": message.kind,
        "title": message.title,
        "proven": message.proven,
        "written_by": message.written_by,
        "text": message.text,
        "at": message.at,
        "accepted_at": message.accepted_at,
        "late": message.late,
        "edited": message.edited_at is not None,
        "edited_at": message.edited_at,
        "earlier": msgspec.to_builtins(message.earlier),
        "deleted": message.deleted_at is not None,
        "author_name": message.author_name,
        "external_id": message.external_id,
        "reply_to": message.reply_to,
        "reply_id": message.reply_id,
        "media_count": message.media_count,
        "files": [file_json(one) for one in view.media],
        "location": msgspec.json.decode(message.location) if message.location else None,
        "state": message.state,
        "receipt": message.receipt,
        "reason": message.reason,
        "triaged": message.triaged,
        "assessment": assessment_json(view.assessment),
        "label": label_json(view.label) if view.label else None,
    }


def label_json(label: Label) -> Json:
    """What a person said of a message, beside what detection said."""
    return {
        "message": label.message,
        "by": label.by,
        "name": label.name,
        "at": label.at,
        "source": label.source,
        "emergency": label.said.emergency,
        **msgspec.to_builtins(label.said),
        "detected": msgspec.to_builtins(label.detected),
    }


def to_judge_json(found: ToJudge) -> Json:
    """The next message for a blind judge: its words, and nothing of what was thought of it."""
    shown: Json = {"day": found.day or None, "done": found.done, "left": found.left, "next": None}
    if found.lot and found.message:
        message = found.message
        words = {"channel": message.channel, "at": message.at, "text": message.text}
        shown["next"] = {"lot": found.lot.order, "earlier": list(found.earlier), **words}
    return shown


def recall_json(view: RecallView) -> Json:
    """Recall with its range, over four weeks and by day."""
    told: Json = msgspec.to_builtins(view)
    return told


def assessment_json(assessment: Assessment | None) -> Json | None:
    """What detection said, with its because."""
    return None if assessment is None else dict(msgspec.to_builtins(assessment))


def findings_json(messages: list[MessageView]) -> list[Json]:
    """Every finding in the conversation with the message that it is about, newest first."""
    return [
        {"message": one.message.id, **msgspec.to_builtins(finding)}
        for one in reversed(messages)
        if one.assessment
        for finding in one.assessment.findings
    ]


def delivery_json(delivery: Delivery) -> Json:
    """Where an answer is."""
    names = ("reply_id", "subject", "state", "attempts", "created_at", "sent_at", "receipt")
    return {name: getattr(delivery, name) for name in (*names, "reason", "external_id")}


def balance_json(balance: Balance) -> Json:
    """The ledger: the totals beside what is owed, and the same by channel."""
    totals: Json = msgspec.to_builtins(balance.total)
    by_channel = msgspec.to_builtins(balance.by_channel)
    return {"since": balance.since, **totals, "owed": balance.owed, "by_channel": by_channel}
