"""Our own canary: a form handed in at our own address from outside, as a citizen's browser does."""

import hashlib
from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.form.rules import NAME
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelUnavailable


def send_canary(text: str, settings: AccountSettings, http: Http) -> None:
    """Raises ``ChannelUnavailable`` when our own address does not take it."""
    form = {
        "submission_id": f"canary-{hashlib.sha256(text.encode()).hexdigest()[:24]}",
        "message": text,
        "consent": True,
    }
    answer = http.request(
        NAME, "POST", f"/webhooks/{NAME}/{quote(settings.account, safe='')}", body=form
    )
    if answer.status != 200:  # noqa: PLR2004 OK
        raise ChannelUnavailable(NAME, str(answer.status), "ons eigen formulier neemt niets aan")
