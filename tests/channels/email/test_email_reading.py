"""Mails of any shape are read or refused, and their files can be fetched."""

import json
from datetime import UTC, datetime

import pytest
import urllib3
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import AccountSettings, Raw, Secrets
from chalicelib.channels.email.channel import Email
from chalicelib.channels.email.mail import read_mail, text_of_mail
from chalicelib.channels.email.quotes import own_words
from chalicelib.channels.html_text import text_of_html
from chalicelib.channels.http import Http
from chalicelib.domain.media import Media
from chalicelib.domain.message import Message
from chalicelib.errors import BadPayload, ChannelRefused, ChannelUnavailable
from infra.fakes.client import Fakes

PLACE = "s3://post-in/in/1"
SETTINGS, NO_SECRETS = AccountSettings(account="webcare@v.example"), Secrets(current={})


def told(**action: str) -> bytes:
    """The notice of SES about one mail."""
    receipt = {"action": {"bucketName": "post-in", "objectKey": "in/1", **action}}
    notice = {"notificationType": "Received", "mail": {"messageId": "1"}, "receipt": receipt}
    return json.dumps({"Records": [{"Sns": {"Message": json.dumps(notice)}}]}).encode()


def raw_of(mail: bytes) -> Raw:
    return Raw(body=told(), received_at=datetime.now(UTC), objects={PLACE: mail})


def read(mail: bytes) -> Message | None:
    messages = Email().parse(raw_of(mail), SETTINGS).messages
    return messages[0] if messages else None


@settings(max_examples=150, deadline=None)
@given(mail=st.binary(max_size=300))
def test_any_bytes_are_a_mail(mail: bytes) -> None:
    assert_sound(read(mail))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_mail_with_bytes_changed_is_still_one(data: st.DataObject) -> None:
    lines = b"From: Ilse <i@v.example>\r\nSubject: =?utf-8?q?x?=\r\nMessage-ID: <1@v>\r\n"
    lines += b"Content-Type: multipart/mixed; boundary=g\r\n\r\n--g\r\nContent-Type: text/html;"
    lines += b" charset=utf-8\r\n\r\n<p>Hoi</p>\r\n--g\r\nContent-Disposition: attachment;"
    lines += b" filename*=utf-8''a%20b\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--g--"
    changed = bytearray(lines)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    assert_sound(read(bytes(changed)))


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "idna", "rot13", "utf-16", "base64", "undefined", "x\0y"]
)
def test_no_charset_is_a_way_out(charset: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\nSubject: =?{charset}?q?a=ff?=\n\n"
    assert_sound(read(head.encode() + b"+2AA- \\ud800 \xff\xfe caf\xe9"))


def test_a_name_in_a_charset_that_cannot_be_is_no_name() -> None:
    head = b"From: i@v.example\nContent-Type: text/plain; charset*=x\0y''utf-8\n"
    message = read(head + b"Content-Disposition: attachment; filename*=x\0y''a%20b\n\nHoi")
    assert message
    assert [file.name for file in message.media] == [None]
    assert (body := read(head + b"\nHoi"))
    assert body.text == "Hoi"


def assert_sound(message: Message | None) -> None:
    if message:
        message.text.encode()
        (message.title or "").encode()
        assert message.external_id
        assert message.author_id is None or "@" in message.author_id
        assert json.loads(message.answer_with or "{}") is not None


def test_a_mail_in_a_mail_in_a_mail_without_end_is_refused_or_read() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (level, level)
        for level in range(3000)
    )
    try:
        read(nested)
    except BadPayload:
        return


def test_of_marked_html_nothing_but_words_is_left() -> None:
    html = "<![if !mso]><div>a<p>b</p></div><blockquote>c<br>d</blockquote><table><tr><td>e</table>"
    assert text_of_html(html, mark_quotes=True) == "a\n\nb\n\n> c\n> d\n\ne"


def test_outlooks_heading_begins_a_quote() -> None:
    text = "Akkoord\n\nVan: Webcare\nVerzonden: vrijdag\nAan: Ilse\nOnderwerp: RE: Lantaarn\n\nOud"
    assert own_words(text, "RE: Lantaarn") == "Akkoord"
    assert own_words(text.partition("\n\n")[2], "x") == text.partition("\n\n")[2]


def test_a_forwarded_original_is_the_message() -> None:
    mail = b"Subject: FW: dreiging\n\n-----Original Message-----\nFrom: x\n\nik weet je te vinden\n"
    assert "te vinden" in text_of_mail(read_mail(mail))


# --- from the bucket ---------------------------------------------------------------------------


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    return Http({"objects": f"{fakes_server.url}/objects"}, timeout_seconds=1.0)


def put(fakes: Fakes, key: str, body: bytes) -> None:
    urllib3.request("PUT", f"{fakes.url}/objects/post-in/{key}", body=body)


def test_the_mail_is_fetched_before_it_is_read(fakes_server: Fakes, http: Http) -> None:
    put(fakes_server, "in/1", b"Subject: x\n\nHallo")
    raw = Raw(body=told(), received_at=datetime.now(UTC))
    assert Email().collect(raw, http) == {PLACE: b"Subject: x\n\nHallo"}


def test_a_mail_that_is_not_there_is_refused(http: Http) -> None:
    raw = Raw(body=told(objectKey="weg"), received_at=datetime.now(UTC))
    assert Email().collect(raw, http) == {}
    with pytest.raises(BadPayload):
        Email().parse(raw, SETTINGS)


def test_a_bucket_that_is_away_is_tried_again() -> None:
    raw = Raw(body=told(), received_at=datetime.now(UTC))
    with pytest.raises(ChannelUnavailable):
        Email().collect(raw, Http({"objects": "http://127.0.0.1:9"}))


def test_a_file_is_fetched_by_its_place_in_the_mail(fakes_server: Fakes, http: Http) -> None:
    mail = b'Content-Type: multipart/mixed; boundary="g"\n\n--g\n\nZie foto\n--g\n'
    mail += b'Content-Type: image/png; name="foto.png"\nContent-Transfer-Encoding: base64\n\n'
    mail += b"iVBORw==\n--g--\n"
    put(fakes_server, "in/1", mail)
    message = read(mail)
    assert message
    (file,) = message.media
    assert (file.kind, file.name, file.mime, file.size) == ("image", "foto.png", "image/png", 4)
    fetched = Email().fetch_media(file, SETTINGS, NO_SECRETS, http)
    assert (fetched.body, fetched.mime) == (b"\x89PNG", "image/png")


@pytest.mark.parametrize("id_", ["7", "x", None])
def test_a_file_that_is_not_in_the_mail_is_gone(
    fakes_server: Fakes, http: Http, id_: str | None
) -> None:
    put(fakes_server, "in/1", b"Subject: x\n\nHallo")
    with pytest.raises(ChannelRefused):
        Email().fetch_media(Media(kind="image", id=id_, url=PLACE), SETTINGS, NO_SECRETS, http)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "part",
    [
        "On 1 Jan wrote:\n",
        "<![",
        "a<b>",
        "<blockquote>",
        "<p>",
        "Van: x\n",
        "> ",
        "=?utf-8?q?a",
        "<script>",
        "&amp",
    ],
)
def test_no_mail_keeps_a_worker_busy(part: str) -> None:
    body = (part * (300_000 // len(part))).encode() + b"\n> a\nb\n"
    for kind in (b"plain", b"html"):
        head = b"Subject: " + body[:50_000].replace(b"\n", b" ") + b"\nContent-Type: text/" + kind
        assert_sound(read(head + b"\n\n" + body))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*"<>!/-[]&;='\" ", "<![", "<!--", "p", "br", "x"])).map("".join))
def test_any_html_is_text(html: str) -> None:
    assert_sound(read(b"Content-Type: text/html\n\n" + html.encode()))
