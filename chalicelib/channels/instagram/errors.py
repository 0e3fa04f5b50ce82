"""What Instagram's refusals mean: the table that it shares with Messenger and Facebook."""

from chalicelib.channels.instagram.rules import NAME
from chalicelib.channels.meta_codes import codes_of

CODES = codes_of(NAME, "Instagram")
