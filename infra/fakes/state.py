"""What all fake platforms share while the server runs."""

from dataclasses import dataclass, field

from aiohttp import web

from infra.fakes.access import Access
from infra.fakes.callbacks import Callback, Callbacks
from infra.fakes.failures import Script
from infra.fakes.files import Files
from infra.fakes.posts import Posts
from infra.fakes.sent import SentLog


@dataclass(slots=True)
class State:
    """What was accepted, what fails next, who is called back, what to read, files, keys.

    ``objects`` lie in AWS's buckets, and ``notices`` is where AWS tells what came in.
    """

    log: SentLog = field(default_factory=SentLog)
    script: Script = field(default_factory=Script)
    callbacks: Callbacks = field(default_factory=Callbacks)
    posts: Posts = field(default_factory=Posts)
    files: Files = field(default_factory=Files)
    access: Access = field(default_factory=Access)
    objects: dict[str, bytes] = field(default_factory=dict)
    notices: Callback | None = None


STATE = web.AppKey("state", State)
