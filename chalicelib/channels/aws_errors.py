"""How AWS's services name what they refuse: in a header, or in the body beside its words."""

from chalicelib.channels.http import Answer
from chalicelib.channels.taming import text_of

NO_ACCESS = frozenset(
    {
        "AccessDeniedException",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""Common errors of all services: our role, its keys, or the machine's clock is wrong."""

TOO_FAST = frozenset({"ThrottlingException", "Throttling", "TooManyRequestsException"})


def name_of_error(answer: Answer) -> str:
    """The error's name, empty when it was no service that answered."""
    named = answer.headers.get("x-amzn-errortype", "") or text_of(answer.json(), "__type")
    return named.partition(":")[0].rpartition("#")[2].strip()


def words_of_error(answer: Answer) -> str:
    """What the service says about it."""
    body = answer.json()
    return text_of(body, "message") or text_of(body, "Message")
