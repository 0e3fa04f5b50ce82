"""What a site's refusals mean: by status, since a feed has no words of its own."""

from datetime import timedelta

from chalicelib.channels.http import Answer
from chalicelib.channels.news.rules import NAME
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.statuses import error_by_status
from chalicelib.errors import ChannelError

WAIT = timedelta(minutes=15)


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    wait = retry_after(answer.headers) or WAIT
    return error_by_status(NAME, "de nieuwssite", answer.status, wait, own_words=True)
