"""CloudFormation's words for referring to things, and our names of the things themselves."""

from typing import Any

from chalicelib.jobs.jobs import LANES, Lane

Described = dict[str, Any]


def ref(name: str) -> Described:
    return {"Ref": name}


def arn(name: str) -> Described:
    return {"Fn::GetAtt": [name, "Arn"]}


def sub(text: str) -> Described:
    return {"Fn::Sub": text}


def queue(lane: Lane) -> str:
    """The logical name of a lane's queue."""
    return f"{lane.title()}Queue"


def dead_queue(lane: Lane) -> str:
    """The logical name of a lane's dead letters."""
    return f"{lane.title()}DeadLetters"


LANE_FUNCTIONS: dict[str, Lane] = {f"On{lane.title()}": lane for lane in LANES}
NOTICES = "OnNotices"
FUNCTIONS = ("APIHandler", *LANE_FUNCTIONS, NOTICES, "OnMinute", "WebsocketConnect")
"""As Chalice names them: by what app.py calls them."""


NOTICES_TOPIC, NOTICES_QUEUE, NOTICES_DEAD = "NoticesTopic", "NoticesQueue", "NoticesDeadLetters"


def log_group(function: str) -> str:
    """The logical name of a function's log group."""
    return f"{function}Log"


def role(function: str) -> str:
    """The logical name of a function's role."""
    return f"{function}Role"
