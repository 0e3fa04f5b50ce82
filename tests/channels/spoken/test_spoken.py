"""What a colleague writes down: only our own desk can, and nothing is sent to a voice."""

from dataclasses import replace

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.spoken.channel import Spoken
from chalicelib.channels.spoken.signature import signed
from chalicelib.errors import BadSignature, ChannelRefused

KEY = Secrets(current={"desk_key": "nieuw"}, previous={"desk_key": "oud"})
BODY = b'{"text": "Mijn fiets is weg"}'


def test_what_our_desk_signed_is_believed_also_after_a_rotation() -> None:
    Spoken().verify(signed(BODY, KEY), KEY)
    Spoken().verify(signed(BODY, Secrets(current={"desk_key": "oud"})), KEY)


def test_nobody_outside_puts_words_into_a_citizens_mouth() -> None:
    ours = signed(BODY, KEY)
    for forged in (
        WebhookRequest(method="POST", body=BODY),
        replace(ours, body=BODY.replace(b"weg", b"hier")),
        signed(BODY, Secrets(current={"desk_key": "geraden"})),
    ):
        with pytest.raises(BadSignature):
            Spoken().verify(forged, KEY)
    with pytest.raises(BadSignature):
        Spoken().verify(ours, Secrets(current={}))


def test_without_a_key_nothing_is_written_down() -> None:
    with pytest.raises(BadSignature):
        signed(BODY, Secrets(current={}))


def test_a_voice_shakes_no_hands() -> None:
    with pytest.raises(BadSignature):
        Spoken().handshake(WebhookRequest(method="GET"), KEY)


def test_nothing_is_sent_to_a_voice() -> None:
    answer = Outgoing(reply_id="r-1", to="+31612345678", text="We kijken ernaar.")
    with pytest.raises(ChannelRefused):
        Spoken().send(answer, AccountSettings(account="balie"), KEY, Http({}))
    Spoken().mark_read("s-1", AccountSettings(account="balie"), KEY, Http({}))
