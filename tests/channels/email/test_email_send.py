"""Sending mail through the fake SES: what goes over the wire, in whose thread, to whom."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import AccountSettings, Outgoing, OutgoingFile, Secrets
from chalicelib.channels.email.answering import Answering, answering, answering_from
from chalicelib.channels.email.channel import Email
from chalicelib.channels.email.mail import read_mail
from chalicelib.channels.email.send import request_of, subject_of, written
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelRefused
from infra.fakes.client import Fakes
from tests.channels import sending

OWN = "webcare@voorbeeld.example"
SETTINGS = AccountSettings(account=OWN, settings={"from_name": "Politie Voorbeeld"})
NO_SECRETS = Secrets(current={})


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    fakes_server.clear_failures()
    return Http({"email": f"{fakes_server.url}/email"}, timeout_seconds=1.0)


def kept(mail: str, *, proven: bool | None = True) -> str:
    """What is kept of a citizen's mail for the answer to it."""
    return answering(read_mail(mail.encode()), proven=proven)


def outgoing(text: str = "Tot vijf uur.", **more: Any) -> Outgoing:
    return sending.outgoing("ilse@voorbeeld.example", text, **more)


def mail_of(one: Outgoing) -> EmailMessage:
    """The mail as SES gets it."""
    data = written(one, answering_from(one.answer_with), one.to, SETTINGS)
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_an_answer_is_plain_text_in_the_thread_of_the_question(
    fakes_server: Fakes, http: Http
) -> None:
    asked = "Message-ID: <m1@v.example>\nReferences: <m0@v.example>\nSubject: Lantaarn stuk\n\nx"
    one = outgoing("Ja ✓\n\nGroet", in_reply_to="m1@v.example", answer_with=kept(asked))
    before = len(fakes_server.sent())
    sent = Email().send(one, SETTINGS, NO_SECRETS, http)
    (row,) = fakes_server.sent(after=before)
    assert (row["account"], row["to"]) == (OWN, "ilse@voorbeeld.example")
    assert (row["text"], row["reply_id"]) == ("Ja ✓\n\nGroet", "reply-1")
    assert (row["in_reply_to"], row["external_id"]) == ("m1@v.example", sent.external_id)
    mail = mail_of(one)
    assert mail["Subject"] == "Re: Lantaarn stuk"
    assert mail["References"] == "<m0@v.example> <m1@v.example>"
    assert mail["From"] == f"Politie Voorbeeld <{OWN}>"
    assert mail.get_content_type() == "text/plain"
    assert "Auto-Submitted" not in mail  # a person wrote it


def test_long_ids_are_never_broken() -> None:
    ids = [f"{number:0300d}@zeer.lang.example" for number in range(4)]
    references = " ".join(f"<{one}>" for one in ids)
    one = outgoing(answer_with=kept(f"References: {references}\nMessage-ID: <m@v.example>\n\nx"))
    raw = written(one, answering_from(one.answer_with), one.to, SETTINGS).replace(b"\r\n ", b" ")
    assert all(f"<{wanted}>".encode() in raw for wanted in ids)
    assert b"=?" not in raw


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Lantaarn", "Re: Lantaarn"),
        ("RE: Lantaarn", "RE: Lantaarn"),
        ("Antw: Lantaarn", "Antw: Lantaarn"),
        ("", "Re: uw bericht"),
        ("Een\r\nBcc: iedereen@v.example", "Re: Een Bcc: iedereen@v.example"),
    ],
)
def test_the_subject_is_marked_as_answered_once_and_stays_one_line(
    subject: str, answered: str
) -> None:
    assert subject_of(subject) == answered


def test_a_mail_without_an_id_is_answered_outside_any_thread() -> None:
    one = outgoing(in_reply_to="ses0001", answer_with=kept("Subject: x\n\nx"))
    assert "In-Reply-To" not in mail_of(one)


def test_reply_to_counts_only_when_the_sender_is_proven() -> None:
    asked = "From: ilse@v.example\nReply-To: Iemand <Iemand@anders.example>\n\nx"
    assert answering_from(kept(asked)).reply_to == "iemand@anders.example"
    for proven in (False, None):
        assert answering_from(kept(asked, proven=proven)).reply_to is None
    request = request_of(outgoing(answer_with=kept(asked)), SETTINGS)
    assert request["Destination"] == {"ToAddresses": ["iemand@anders.example"]}


def test_of_a_long_thread_the_first_and_the_last_mails_are_named() -> None:
    references = " ".join(f"<{number}@v.example>" for number in range(90))
    found = answering_from(kept(f"References: {references}\nMessage-ID: <m@v.example>\n\nx"))
    assert len(found.references) == 20
    assert (found.references[0], found.references[-1]) == ("0@v.example", "m@v.example")


def test_a_file_goes_along() -> None:
    file = OutgoingFile(kind="document", name="kaart\n.pdf", mime="application/pdf", body=b"%PDF")
    mail = mail_of(outgoing(files=(file,)))
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("kaart .pdf", b"%PDF")


def test_an_address_that_is_none_is_refused_before_anything_goes_out() -> None:
    for to in ("ilse", "ilse@", "a b@v.example", "ilse@v.example\nBcc: x@y.example"):
        with pytest.raises(ChannelRefused):
            written(outgoing(), Answering(), to, SETTINGS)


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=400), subject=st.text(max_size=120))
def test_whatever_is_written_arrives_whole_and_in_seven_bits(text: str, subject: str) -> None:
    one = outgoing(text.encode(errors="replace").decode())
    data = written(
        one, Answering(subject=subject.encode(errors="replace").decode()), one.to, SETTINGS
    )
    data.decode("ascii")
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == "ilse@voorbeeld.example"
    assert mail["Bcc"] is None
    assert mail.get_content().encode().splitlines() == (one.text.encode().splitlines() or [b""])
