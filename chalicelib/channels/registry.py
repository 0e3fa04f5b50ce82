"""All channels, one line each. A channel that is not here does not exist."""

from chalicelib.channels.bluesky.channel import Bluesky
from chalicelib.channels.chat.channel import Chat
from chalicelib.channels.contract import Channel
from chalicelib.channels.email.channel import Email
from chalicelib.channels.facebook.channel import Facebook
from chalicelib.channels.form.channel import Form
from chalicelib.channels.instagram.channel import Instagram
from chalicelib.channels.mastodon.channel import Mastodon
from chalicelib.channels.messenger.channel import Messenger
from chalicelib.channels.news.channel import News
from chalicelib.channels.partner.channel import Partner
from chalicelib.channels.reddit.channel import Reddit
from chalicelib.channels.sms.channel import Sms
from chalicelib.channels.spoken.channel import Spoken
from chalicelib.channels.telegram.channel import Telegram
from chalicelib.channels.whatsapp.channel import WhatsApp
from chalicelib.channels.x.channel import X
from chalicelib.channels.youtube.channel import YouTube
from chalicelib.errors import NotFound

CHANNELS: dict[str, Channel] = {
    "bluesky": Bluesky(),
    "chat": Chat(),
    "email": Email(),
    "facebook": Facebook(),
    "form": Form(),
    "instagram": Instagram(),
    "mastodon": Mastodon(),
    "messenger": Messenger(),
    "news": News(),
    "partner": Partner(),
    "reddit": Reddit(),
    "sms": Sms(),
    "spoken": Spoken(),
    "telegram": Telegram(),
    "whatsapp": WhatsApp(),
    "x": X(),
    "youtube": YouTube(),
}


def channel_named(name: str) -> Channel:
    """The channel with this name. Raises ``NotFound``."""
    try:
        return CHANNELS[name]
    except KeyError:
        raise NotFound("no such channel", channel=name) from None
