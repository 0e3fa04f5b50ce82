"""Every key of the table, in one place. Section 5 of the design draws the table.

Partitions that many writers share are sharded; what a person must do is not (it is little).
"""

import hashlib

from chalicelib.domain.incident import ID, is_incident
from chalicelib.domain.moments import Moment
from chalicelib.store.table import Item, Key

ENVELOPE_SHARDS = DUE_SHARDS = ACCESS_SHARDS = FACT_SHARDS = 8
FIGURE_SHARDS = 4
LONGEST_ID = 200
"""Platform ids above this many characters are keyed by their digest (keys have a limit)."""

Due = str
ENVELOPE_DUE, MESSAGE_DUE, DELIVERY_DUE, QUEUE_DUE = "envelope", "message", "delivery", "queue"
POLL_DUE, REDO_DUE, MEDIA_DUE, CARD_DUE = "poll", "redo", "media", "card"
APPOINTMENT_DUE = "appointment"
TALK_DUE, CASE_DUE = "talk", "case"
INCIDENT_DUE, SEARCH_DUE, FIGURES_DUE = "incident", "search", "figures"
ANNOUNCEMENT_DUE, POST_DUE = "announcement", "post"
CALL_DUE, HANDOVER_DUE = "call", "handover"


def digest(*parts: str) -> str:
    """Twenty hex digits that stand for these parts; the parts cannot run into each other."""
    text = "\x1f".join(parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]


def shard(of: str, shards: int = DUE_SHARDS) -> int:
    """Which of the shards this belongs to: always the same one."""
    return int(digest(of), 16) % shards


def bounded(external_id: str) -> str:
    """An id of a platform, made to fit a key."""
    fits = len(external_id) <= LONGEST_ID and external_id.isprintable() and external_id
    return external_id if fits else f"sha256-{digest(external_id)}"


# --- items -------------------------------------------------------------------------------------


def envelope_partition(channel: str, account: str, hour: str, number: int) -> str:
    return f"ENV#{channel}#{bounded(account)}#{hour}#{number}"


def envelope(channel: str, account: str, received_at: Moment, digest_: str) -> Key:
    pk = envelope_partition(channel, account, received_at[:13], shard(digest_, ENVELOPE_SHARDS))
    return Key(pk, f"{received_at}#{digest_}")


def reference(channel: str, account: str, external_id: str, occurrence: str = "") -> Key:
    """What we know under a platform's id; ``occurrence`` sets edits and reactions apart."""
    tail = f"#{occurrence}" if occurrence else ""
    return Key(f"REF#{channel}#{bounded(account)}#{bounded(external_id)}{tail}", "REF")


def thread(channel: str, account: str, handle: str) -> Key:
    return Key(f"THREAD#{channel}#{bounded(account)}#{bounded(handle)}", "THREAD")


def conversation_partition(subject: str) -> str:
    """Where all about a subject is: a conversation's, or an incident's."""
    return f"INCIDENT#{subject}" if is_incident(subject) else f"CONV#{subject}"


def subject_of(key: Key) -> str:
    """The subject whose partition this is."""
    return key.pk.partition("#")[2]


def case_of(key: Key) -> str:
    """The number of the case whose partition this is."""
    return key.pk.partition("#")[2]


def reply_of(key: Key) -> str:
    """The id of the answer whose delivery this is."""
    return key.pk.partition("#")[2]


def conversation(subject: str) -> Key:
    return Key(conversation_partition(subject), "META")


MESSAGES = "MSG#"
EVENTS = "EVT#"
LABELS = "LABEL#"
MEDIA = "MEDIA#"
CARDS = "CARD#"


def message(subject: str, at: Moment, id_: str) -> Key:
    return Key(conversation_partition(subject), f"{MESSAGES}{at}#{id_}")


def messages_until(at: Moment) -> tuple[str, str]:
    """Between which sort keys everything stands that was written at that moment or earlier."""
    return MESSAGES, f"{MESSAGES}{at}#~"


def label(subject: str, message_id: str, at: Moment, by: str) -> Key:
    return Key(conversation_partition(subject), f"{LABELS}{message_id}#{at}#{by}")


def media(subject: str, id_: str) -> Key:
    """A file of a conversation, in or out."""
    return Key(conversation_partition(subject), f"{MEDIA}{id_}")


def card(subject: str, id_: str) -> Key:
    """A card on which a conversation was passed on."""
    return Key(conversation_partition(subject), f"{CARDS}{id_}")


def sample(team: str, day: str) -> Key:
    """What was drawn of a team's day."""
    return Key(f"SAMPLES#{team}", day)


def lot_partition(team: str, day: str) -> str:
    return f"SAMPLE#{team}#{day}"


def lot(team: str, day: str, order: str) -> Key:
    return Key(lot_partition(team, day), order)


def draft(subject: str, agent_id: str) -> Key:
    return Key(conversation_partition(subject), f"DRAFT#{agent_id}")


def used_suggestion(subject: str, agent_id: str) -> Key:
    return Key(conversation_partition(subject), f"USED#{agent_id}")


TURNED_DOWN = "TURNED#"


def turned_down(subject: str, name: str) -> Key:
    return Key(conversation_partition(subject), f"{TURNED_DOWN}{name}")


def answered_partition(team: str) -> str:
    return f"ANSWERS#{team}"


def answered(team: str, id_: str) -> Key:
    return Key(answered_partition(team), id_)


TALLIES = "TALLIES"


def tally(of: str, name: str) -> Key:
    """What agents did with suggestions: of a text, or of a day."""
    return Key(TALLIES, f"{of}#{name}")


PRESENT = "HERE#"


def presence(subject: str, agent_id: str) -> Key:
    return Key(conversation_partition(subject), f"{PRESENT}{agent_id}")


def event(subject: str, at: Moment, id_: str) -> Key:
    return Key(conversation_partition(subject), f"{EVENTS}{at}#{id_}")


def queue_item(subject: str) -> Key:
    return Key(conversation_partition(subject), "QUEUE")


def delivery(reply_id: str) -> Key:
    return Key(f"DELIVERY#{reply_id}", "DELIVERY")


def cursor(channel: str, account: str, stream: str) -> Key:
    return Key(f"CURSOR#{channel}#{bounded(account)}#{bounded(stream)}", "CURSOR")


def access(at: Moment, actor: str, object_: str) -> Key:
    number = shard(f"{actor}#{object_}", ACCESS_SHARDS)
    return Key(f"ACCESS#{at[:10]}#{number}", f"{at}#{actor}#{object_}")


def change(list_name: str, at: Moment, subject: str) -> Key:
    return Key(change_partition(list_name, at[:16]), f"{at}#{subject}")


def change_partition(list_name: str, minute: str) -> str:
    return f"CHANGES#{list_name}#{minute}"


def visitor_list(channel: str, account: str, handle: str) -> str:
    """The list that a visitor of a page of ours watches: their own conversation, nothing else."""
    return f"visitor-{digest(channel, account, handle)}"


def socket(team: str, connection: str) -> Key:
    return Key(f"SOCKET#{team}", connection)


DIRECTORY = "DIRECTORY"


def agent(id_: str) -> Key:
    return Key(DIRECTORY, f"AGENT#{id_}")


def team(id_: str) -> Key:
    return Key(DIRECTORY, f"TEAM#{id_}")


def receiver(id_: str) -> Key:
    return Key(DIRECTORY, f"RECEIVER#{id_}")


def postings(word: str, month: str) -> str:
    """In the search index: the messages of a month in which a word stands."""
    return f"WORD#{word}#{month}"


def posting(word: str, at: Moment, subject: str, message_id: str) -> Key:
    return Key(postings(word, at[:7]), f"{at}#{subject}#{message_id}")


def administered(prefix: str, id_: str) -> Key:
    """A record that colleagues set up; ``prefix`` is that of its kind."""
    return Key(DIRECTORY, f"{prefix}{bounded(id_)}")


def versions_partition(kind: str, id_: str) -> str:
    return f"VERSIONS#{kind}#{bounded(id_)}"


def version(kind: str, id_: str, number: int) -> Key:
    return Key(versions_partition(kind, id_), f"{number:06}")


def account(channel: str, id_: str) -> Key:
    return Key(DIRECTORY, f"CHANNEL#{channel}#{bounded(id_)}")


def uploads(channel: str, account: str, whose: str, slot: str) -> Key:
    """How many files were brought in ten minutes (``2026-11-22T06:3``): by one, or by all."""
    return Key(f"UPLOADS#{channel}#{bounded(account)}#{slot}", bounded(whose))


def renewal(channel: str, account: str) -> Key:
    return Key(f"RENEW#{channel}#{bounded(account)}", "RENEW")


def templates_of(channel: str, account: str) -> str:
    """What the sort key of each template of an account begins with."""
    return f"TEMPLATE#{channel}#{bounded(account)}#"


def template(channel: str, account: str, name: str, language: str) -> Key:
    return Key(DIRECTORY, f"{templates_of(channel, account)}{bounded(name)}#{language}")


def views_of(agent_id: str) -> str:
    """What the sort key of each of an agent's views begins with."""
    return f"VIEW#{agent_id}#"


def view(agent_id: str, name: str) -> Key:
    return Key(DIRECTORY, f"{views_of(agent_id)}{name}")


CANNED = "CANNED#"


def canned(id_: str) -> Key:
    return Key(DIRECTORY, f"{CANNED}{bounded(id_)}")


def token(secret: str) -> Key:
    """Tokens are kept as their digest: reading the table lets nobody in."""
    return Key(f"TOKEN#{hashlib.sha256(secret.encode()).hexdigest()}", "TOKEN")


def ticket(secret: str) -> Key:
    return Key(f"TICKET#{hashlib.sha256(secret.encode()).hexdigest()}", "TICKET")


def answer_link(secret: str) -> Key:
    return Key(f"LINK#{hashlib.sha256(secret.encode()).hexdigest()}", "LINK")


def receipt_link(secret: str) -> Key:
    return Key(f"RECEIPT#{hashlib.sha256(secret.encode()).hexdigest()}", "RECEIPT")


def decisions_partition(channel: str, account_id: str) -> str:
    return f"APPROVALS#{channel}#{bounded(account_id)}"


def decision(channel: str, account_id: str, number: int) -> Key:
    return Key(decisions_partition(channel, account_id), f"{number:06}")


WATCHES = "WATCHES"
OPEN_GAP = "open"


def watch(channel: str, account_id: str) -> Key:
    return Key(WATCHES, f"{channel}#{bounded(account_id)}")


def gaps_partition(channel: str, account_id: str) -> str:
    return f"GAPS#{channel}#{bounded(account_id)}"


def gap(channel: str, account_id: str, since: Moment) -> Key:
    return Key(gaps_partition(channel, account_id), since)


def open_gap(channel: str, account_id: str) -> Key:
    """One at a time; it sorts after all moments."""
    return Key(gaps_partition(channel, account_id), OPEN_GAP)


def figure(grain: str, period: str, team: str, start: str) -> Key:
    """The sums of one team over a minute, an hour or a day.

    ``period`` is what a partition holds: a day of minutes or hours, a month of days.
    """
    return Key(figures_partition(grain, period, team), f"{team}#{start}")


def figures_partition(grain: str, period: str, team: str) -> str:
    return f"FIGURE#{grain}#{period}#{shard(team, FIGURE_SHARDS)}"


def audit(day: str) -> Key:
    return Key("FIGURE#audit", day)


COUNTED = Key("FIGURE#counted", "COUNTED")
"""When the clock last counted."""


def counting(minute: Moment) -> Key:
    """Not an item: which minute is to be counted."""
    return Key("FIGURE", minute[:16])


def figures_mail(agent_id: str) -> Key:
    """What a colleague asked for by mail."""
    return Key(f"FIGURES_MAIL#{agent_id}", "WISH")


def refusals(day: str) -> str:
    return f"REFUSED#{day}"


def talk(subject: str) -> Key:
    """Who has the word in a conversation, and the case that it belongs to."""
    return Key(conversation_partition(subject), "TALK")


# --- cases -------------------------------------------------------------------------------------

CASE_ITEMS, CASE_LINKS, SHARES = "ITEM#", "CONV#", "SHARE#"


def case_partition(number: str) -> str:
    return f"CASE#{number}"


def case(number: str) -> Key:
    return Key(case_partition(number), "META")


def case_link(number: str, subject: str) -> Key:
    return Key(case_partition(number), f"{CASE_LINKS}{subject}")


def case_item(number: str, at: Moment, id_: str) -> Key:
    return Key(case_partition(number), f"{CASE_ITEMS}{at}#{id_}")


def share(number: str, id_: str) -> Key:
    return Key(case_partition(number), f"{SHARES}{id_}")


def one_time_code(number: str) -> Key:
    return Key(case_partition(number), "CODE")


def joining(number: str) -> Key:
    return Key(case_partition(number), "JOINING")


def investigation(number: str) -> Key:
    """What the citizen looked into by themselves."""
    return Key(case_partition(number), "INVESTIGATION")


def appointment(number: str) -> Key:
    """When somebody of ours speaks with the citizen."""
    return Key(case_partition(number), "APPOINTMENT")


def agenda_partition(team: str, way: str) -> str:
    return f"AGENDA#{team}#{way}"


def agenda(team: str, way: str, start: Moment, seat: int) -> Key:
    """One place in the agenda, for one citizen."""
    return Key(agenda_partition(team, way), f"{start}#{seat}")


def place_of(sk: str) -> tuple[Moment, int]:
    """When a place begins, and which of several at that moment it is."""
    start, _, seat = sk.partition("#")
    return start, int(seat)


INVITED, RATED = "INVITED#", "RATED#"


def surveys(team: str, month: str) -> str:
    """Who was asked how it went in a month (``2026-11``), and who said it."""
    return f"SURVEYS#{team}#{month}"


def survey_invited(team: str, month: str, number: str) -> Key:
    return Key(surveys(team, month), f"{INVITED}{number}")


def survey_rated(team: str, month: str, number: str) -> Key:
    return Key(surveys(team, month), f"{RATED}{number}")


def secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def door(digest_: str) -> Key:
    """What a secret opens, by its digest."""
    return Key(f"DOOR#{digest_}", "DOOR")


def guard(what: str, who: str, hour: str) -> Key:
    """How often somebody tried something within an hour."""
    return Key(f"GUARD#{what}#{digest(who)}#{hour}", "GUARD")


# --- incidents ---------------------------------------------------------------------------------

MEMBER_SHARDS = 8
PICTURES = "PICTURES"
"""What matching reads of every open incident."""


def incident_id(first_message: str) -> str:
    """What an incident is called that begins with this message: the same whoever opens it."""
    return f"{ID}{digest('incident', first_message)}"


def incident(subject: str) -> Key:
    return Key(conversation_partition(subject), "META")


def picture(subject: str) -> Key:
    return Key(PICTURES, subject)


def reporter(channel: str, author: str) -> str:
    """Who tells of an incident: the same for all that they write on one channel."""
    return digest(channel, author)[:12]


def member(subject: str, message_id: str) -> Key:
    """A message of an incident. Sharded: thousands may come within minutes."""
    return Key(member_partition(subject, shard(message_id, MEMBER_SHARDS)), message_id)


def member_partition(subject: str, number: int) -> str:
    return f"{conversation_partition(subject)}#{number}"


def member_listed(subject: str, at: Moment, message_id: str, *, here: bool) -> Item:
    """Where the members of an incident stand by time, apart from those that were taken out."""
    return {"list_pk": members_listed(subject, here=here), "list_sk": f"{at}#{message_id}"}


def members_listed(subject: str, *, here: bool) -> str:
    return f"{'MEMBERS' if here else 'OUT'}#{subject}"


STATEMENTS = "SAID#"


def statement(subject: str, id_: str, number: int) -> Key:
    """One version of what is stated of an incident."""
    return Key(conversation_partition(subject), f"{STATEMENTS}{id_}#{number:06}")


USEFUL = "USEFUL#"


def useful(subject: str, message_id: str) -> Key:
    """A message of an incident that somebody found useful."""
    return Key(conversation_partition(subject), f"{USEFUL}{message_id}")


PARTNERS = "PARTNER#"


def partner_share(subject: str, id_: str) -> Key:
    """What a partner body may read of a matter."""
    return Key(conversation_partition(subject), f"{PARTNERS}{id_}")


def partner_link(secret: str) -> Key:
    return partner_link_of(secret_digest(secret))


def partner_link_of(digest_: str) -> Key:
    return Key(f"PARTNERLINK#{digest_}", "LINK")


ANNOUNCEMENTS = "ANNOUNCED#"


def announcement(subject: str, id_: str) -> Key:
    """One answer to everyone who reports an incident."""
    return Key(conversation_partition(subject), f"{ANNOUNCEMENTS}{id_}")


def handover(subject: str) -> Key:
    """What waits of an incident is to follow it to another team; one at a time."""
    return Key(conversation_partition(subject), "HANDOVER")


def recipients_of(announcement_id: str) -> str:
    """What the sort key of each person begins with that it was looked at for."""
    return f"TO#{announcement_id}#"


def recipient(subject: str, announcement_id: str, reporter: str) -> Key:
    """Each person once, whoever writes it."""
    return Key(conversation_partition(subject), f"{recipients_of(announcement_id)}{reporter}")


def circle_page(circle: str, number: int) -> Key:
    """Some of the people whom a text to many is for; each page in a partition of its own."""
    return Key(f"CIRCLE#{circle}#{number}", "CIRCLE")


def volunteers_of(gemeente: str) -> str:
    """Where everybody stands who asked for appeals about a gemeente."""
    return f"VOLUNTEERS#{gemeente}"


def volunteer(gemeente: str, subject: str) -> Key:
    return Key(volunteers_of(gemeente), subject)


def wish(digest_: str) -> Key:
    """What was asked for and is proven by who sends this code."""
    return Key(f"WISH#{digest_}", "WISH")


def volunteer_page(digest_: str) -> Key:
    return Key(f"VOLUNTEERPAGE#{digest_}", "PAGE")


def slot(day: str, number: int) -> Key:
    """The turn of a report that stands alone: whoever opens next must know of all before it."""
    return Key(slots_of(day), f"{number:07}")


def slots_of(day: str) -> str:
    return f"SLOT#{day}"


# --- listening ---------------------------------------------------------------------------------

SEARCHES = "SEARCHES"
FEED_SHARDS = 4


def search(id_: str) -> Key:
    return Key(SEARCHES, id_)


def search_steps(id_: str) -> str:
    """Where everything stands that happened to a search."""
    return f"SEARCH#{id_}"


def search_step(id_: str, number: int) -> Key:
    return Key(search_steps(id_), f"{number:06}")


def turned_away(month: str) -> str:
    """The searches of a month (``2026-11``) that could not even be asked."""
    return f"TURNEDAWAY#{month}"


def feed_partition(search_id: str, hour: str, number: int) -> str:
    return f"FEED#{search_id}#{hour}#{number}"


def heard(search_id: str, at: Moment, message_id: str) -> Key:
    """That a search found a message."""
    number = shard(message_id, FEED_SHARDS)
    return Key(feed_partition(search_id, at[:13], number), f"{at}#{message_id}")


def feed_sums(grain: str, search_id: str, period: str) -> str:
    """What a feed brought by hour (in a day) or by day (in a month)."""
    return f"FEEDSUM#{grain}#{search_id}#{period}"


def feed_sum(grain: str, search_id: str, start: str) -> Key:
    """``start`` is an hour (``2026-11-22T20``) or a (UTC) day."""
    period = start[:10] if grain == "hour" else start[:7]
    return Key(feed_sums(grain, search_id, period), start)


# --- the crisis switch -------------------------------------------------------------------------

CRISES, CRISIS_NOW, CRISIS_OVER = "CRISES", "NOW#", "OVER#"


def crisis_id(area: str, topic: str, of: str) -> str:
    """What a crisis is called; ``of`` sets two of one area and topic apart."""
    return f"crisis-{digest(area, topic, of)}"


def crisis(id_: str) -> Key:
    """One that is on or proposed."""
    return Key(CRISES, f"{CRISIS_NOW}{id_}")


def crisis_over(at: Moment, id_: str) -> Key:
    return Key(CRISES, f"{CRISIS_OVER}{at}#{id_}")


# --- signals -----------------------------------------------------------------------------------

SIGNALS = "SIGNALS"
CALLS = "CALLS"


def signal(series: str) -> Key:
    """The signal of a series that is open."""
    return Key(SIGNALS, series)


def past_signals(month: str) -> str:
    return f"SIGNALS#{month}"


def past_signal(series: str, since: Moment) -> Key:
    return Key(past_signals(since[:7]), f"{since}#{series}")


def habits(day: str) -> Key:
    """What is usual on a day, learned from those before it."""
    return Key(f"HABITS#{day}", "HABITS")


def call(id_: str) -> Key:
    """What another system is to be told."""
    return Key(CALLS, id_)


# --- index keys --------------------------------------------------------------------------------


def due(kind: Due, at: Moment, of: Key) -> Item:
    """The marker that says: this item still owes work, look at it at ``at``."""
    return {"due_pk": due_partition(kind, shard(of.pk + of.sk)), "due_sk": at}


def due_partition(kind: Due, number: int) -> str:
    return f"DUE#{kind}#{number}"


NO_LONGER_DUE = ("due_pk", "due_sk")


def listed(list_name: str, order: str) -> Item:
    return {"list_pk": list_partition(list_name), "list_sk": order}


def list_partition(list_name: str) -> str:
    return f"QUEUE#{list_name}"


def incidents_listed(state: str, opened_at: Moment, subject: str) -> Item:
    return {"list_pk": incidents_partition(state), "list_sk": f"{opened_at}#{subject}"}


def incidents_partition(state: str) -> str:
    return f"INCIDENTS#{state}"


def held(agent_id: str, until: Moment) -> Item:
    return {"person_pk": f"AGENT#{agent_id}", "person_sk": f"CLAIM#{until}"}


def for_unit(receiver: str, at: Moment) -> Item:
    """The cards that went to a receiver, in the order of time."""
    return {"person_pk": unit_partition(receiver), "person_sk": at}


def unit_partition(receiver: str) -> str:
    return f"UNIT#{receiver}"


def drafted(agent_id: str, subject: str) -> Item:
    """An agent's drafts; nothing in it changes while one is written, so the index is left alone."""
    return {"person_pk": drafted_partition(agent_id), "person_sk": subject}


def drafted_partition(agent_id: str) -> str:
    return f"DRAFTS#{agent_id}"


def fact(day: str, id_: str, text: str) -> Item:
    """What happened on a (UTC) day, in the order in which it happened."""
    partition = facts_partition(day, shard(id_, FACT_SHARDS))
    return {"person_pk": partition, "person_sk": text}


def facts_partition(day: str, number: int) -> str:
    return f"FACTS#{day}#{number}"


NOT_LISTED = ("person_pk", "person_sk")


def labelled(at: Moment, message_id: str) -> Item:
    """All that people said of messages on a day, in the order they said it."""
    return {"person_pk": labelled_partition(at[:10]), "person_sk": f"{at}#{message_id}"}


def labelled_partition(day: str) -> str:
    return f"LABELS#{day}"


def contact(contact_id: str) -> str:
    return f"CONTACT#{contact_id}"


JOINS = "JOIN#"


def join(contact_id: str, other: str) -> Key:
    return Key(contact(contact_id), f"{JOINS}{other}")


def own_posts(team: str) -> str:
    """The list of what a team publishes itself."""
    return f"posts#{team}"


def own_post(id_: str) -> Key:
    return Key(f"POST#{bounded(id_)}", "META")


PRACTICE = "PRACTICE"


def practice_round(started_at: Moment) -> Key:
    return Key(PRACTICE, started_at)


def practice_partition(started_at: Moment) -> str:
    return f"{PRACTICE}#{started_at}"


def practice_line(started_at: Moment, number: int) -> Key:
    return Key(practice_partition(started_at), f"{number:06}")
