"""What all fake platforms share while the server runs."""

from dataclasses import dataclass, field

from aiohttp import web

from infra.fakes.callbacks import Callbacks
from infra.fakes.failures import Script
from infra.fakes.sent import SentLog


@dataclass(slots=True)
class State:
    """The log of what was accepted, the script of what fails, and who is called back."""

    log: SentLog = field(default_factory=SentLog)
    script: Script = field(default_factory=Script)
    callbacks: Callbacks = field(default_factory=Callbacks)


STATE = web.AppKey("state", State)
