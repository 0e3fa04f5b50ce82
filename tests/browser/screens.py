"""The pictures of ``docs/screens``: every page in both themes and at two widths, during the demo
evening.

    python -m tests.browser.screens docs/screens            all of them
    python -m tests.browser.screens docs/screens wachtrij   what begins with this
    python -m tests.browser.screens FOLDER --whole          down to the end of each page
    python -m tests.browser.screens FOLDER --data DIR       on a stage that stays, evening and all
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import urllib3
from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from chalicelib.flows.assessing.drawing import draw
from infra.demo.play import Stagehand
from infra.fakes.client import Fakes
from infra.local.stage import load
from infra.opened import services_at
from tests.browser.conftest import DESK, PHONE, Street, launched, running
from tests.browser.pages import PAGES, SANNE, Opener, at
from tests.browser.test_browser_files import read

THEMES: dict[Literal["light", "dark"], str] = {"light": "", "dark": "-donker"}
COLOURS = 160
BELOW = "[data-problem], [data-leaks], [data-pick]:checked, #verbeter"
"""What a state is about, when that is further down the page."""

LOOK = """below => {
  scrollTo(0, 0);
  document.querySelector(below)?.scrollIntoView({ block: "center" });
}"""
PACE = 30
"""Times as fast as the evening is written: half a minute."""


def main() -> int:
    """Take them, one page after the other; 1 where one could not be opened."""
    args = asked()
    every = dict(chain(ALSO.items(), *(states.items() for states in PAGES.values())))
    chosen = {
        name: opener for name, opener in every.items() if name.startswith(tuple(args.names) or "")
    }
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as empty, sync_playwright() as playwright:
        data = args.data or Path(empty)
        played = (data / "stage.json").exists()
        with running(data) as stage:
            if not played:
                play(data)
            missed = taken(stage, launched(playwright), chosen, args)
    print(f"{len(chosen) - len(missed)} pages", *[f"not opened: {name}" for name in missed])
    return 1 if missed else 0


def files(street: Street) -> Page:
    """What came along with messages, shown."""
    fakes = json.loads((street.data / "local.json").read_text())["fakes_url"]
    page = read(street, Fakes(fakes), "Fleur F", "NL.8301")
    page.locator(".file__cover").first.click()
    return page


def sample(street: Street) -> Page:
    """A day's messages, to be judged without what detection said."""
    services = services_at(street.data)
    draw(services, "oost", services.now()[:10])
    return at(SANNE, "/steekproef")(street)


ALSO: dict[str, Opener] = {"bestanden": files, "steekproef": sample}
"""What tests of their own look at, since it takes a day or a sender of its own."""


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="how the names begin; default all")
    parser.add_argument("--whole", action="store_true", help="whole pages, not what fits")
    parser.add_argument("--data", type=Path, help="a stage of its own that is kept")
    return parser.parse_args()


def play(data: Path) -> None:
    """Something should be going on."""
    patient = urllib3.PoolManager(retries=urllib3.Retry(10, backoff_factor=0.5))
    Stagehand(load(data), patient, pace=PACE).play()


def taken(
    stage: dict[str, Any], browser: Browser, chosen: dict[str, Opener], args: argparse.Namespace
) -> list[str]:
    """Open and picture each; the names of those that did not open."""
    street = Street(
        stage["url"], stage["channels"]["whatsapp"], browser, stage["data"], time.time_ns()
    )
    missed = []
    for name, opener in chosen.items():
        begin = time.monotonic()
        try:
            pictured(opener(street), name, args)
        except (Error, AssertionError, OSError) as error:
            missed.append(name)
            print(f"{name}: {error}", file=sys.stderr)
        print(f"{name} {time.monotonic() - begin:.1f} s", flush=True)
        for context in browser.contexts:
            context.close()
    return missed


def pictured(page: Page, name: str, args: argparse.Namespace) -> None:
    """Small pictures of what is on the screen now, in each theme at each width."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.evaluate(LOOK, BELOW)
        for theme, mark in THEMES.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            shot = Image.open(BytesIO(page.screenshot(full_page=args.whole))).convert("RGB")
            in_few_colours(shot).save(
                args.folder / f"{name}-{size['width']}{mark}.png", optimize=True
            )


def in_few_colours(shot: Image.Image) -> Image.Image:
    """The same with what it has most of exactly as it was; the edges of letters a little off."""
    colours = [one for one, _ in Counter(pixels(shot)).most_common()]
    palette = Image.new("P", (1, 1))
    palette.putpalette(list(chain.from_iterable(colours[:COLOURS])))
    every = Image.new("RGB", (len(colours), 1))
    every.putdata(colours)
    nearest = every.quantize(palette=palette, dither=Image.Dither.NONE).tobytes()
    index = dict(zip(colours, nearest, strict=True))
    index.update({one: place for place, one in enumerate(colours[:COLOURS])})
    drawn = Image.frombytes("P", shot.size, bytes(map(index.__getitem__, pixels(shot))))
    drawn.putpalette(palette.getpalette() or [])
    return drawn


def pixels(shot: Image.Image) -> Iterator[tuple[int, int, int]]:
    every = iter(shot.tobytes())
    return zip(every, every, every, strict=True)


if __name__ == "__main__":
    sys.exit(main())
