"""One process of the local stage. It lives no longer than the supervisor that started it."""

import argparse
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aiohttp import web as http

from infra.demo import play
from infra.fakes.callbacks import Callback
from infra.fakes.platforms import make_app
from infra.fakes.receiver import KNOWN
from infra.fakes.state import STATE
from infra.local import web, work
from infra.local.parts import move_in
from infra.local.sign_in import Provider
from infra.local.stage import WHATSAPP, Stage, load
from infra.ports import HOST
from infra.practice import play as practice


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command (started by ``run``, not by people)."""
    parser = subparsers.add_parser("part", help="one process of the local stage (used by run)")
    parser.add_argument("name", choices=sorted(PARTS))
    parser.add_argument("--data", type=Path, required=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The process itself."""
    threading.Thread(target=die_with_parent, daemon=True).start()
    PARTS[args.name](load(args.data))
    return 0


def die_with_parent() -> None:
    """The supervisor holds our standard input; it closes when the supervisor is gone."""
    while os.read(0, 1):
        pass
    os._exit(0)


def serve_web(stage: Stage) -> None:
    """HTTP and sockets."""
    move_in(stage)
    web.main(stage)


def work_lanes(stage: Stage) -> None:
    """Lanes and the clock."""
    move_in(stage)
    work.main(stage)


def serve_fakes(stage: Stage) -> None:
    """The platforms' stand-ins and the demo identity provider.

    Receipts come back by themselves in the demo and in practice only, so that whoever counts
    deliveries counts their own.
    """
    application = make_app(stage.folder / "sent.jsonl")
    application.add_routes(Provider(stage.fakes_url).routes())
    notices = Callback(url=f"{stage.url}/_notices", secret=stage.hints_token)
    application[STATE].notices = notices
    if stage.demo or stage.practice:
        application[KNOWN].confirms_after = 4.0
        application[STATE].callbacks.by_channel["whatsapp"] = Callback(
            url=f"{stage.url}/webhooks/whatsapp/{WHATSAPP}", secret=stage.whatsapp["app_secret"]
        )
        told = replace(notices, states=("sent", "delivered"))
        application[STATE].callbacks.by_channel |= {"email": told, "sms": told}
    http.run_app(application, host=HOST, port=stage.fakes_port, print=None, access_log=None)


PARTS: dict[str, Callable[[Stage], None]] = {
    "web": serve_web,
    "work": work_lanes,
    "fakes": serve_fakes,
    "demo": play.main,
    "practice": practice.main,
}
