"""One attempt at signing in, as the browser that began it carries it until it comes back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Three secrets, each made for this attempt only.

    ``state`` ties the way back to this browser, ``nonce`` ties the provider's word to this attempt,
    and who holds ``verifier`` may exchange the code (RFC 7636). ``back`` is the address that the
    provider sends the browser to.
    """

    state: str
    nonce: str
    verifier: str
    back: str
