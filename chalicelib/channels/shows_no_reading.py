"""Channels that show nobody that a message was seen: pages of ours, mail, posts in public."""

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Http


class ShowsNoReading:
    """The part of ``contract.Channel`` about read marks."""

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nothing to do."""
