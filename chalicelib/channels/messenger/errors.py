"""What Messenger's refusals mean: the table that it shares with Facebook and Instagram."""

from chalicelib.channels.messenger.rules import NAME
from chalicelib.channels.meta_codes import codes_of

CODES = codes_of(NAME, "Messenger")
