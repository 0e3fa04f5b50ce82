"""The weights and the lens, to the files where matching reads them."""

from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from chalicelib.incidents.lens import LENS, Lens, in_line
from chalicelib.incidents.scoring import WEIGHTS, Weights

HEAD = """# How heavily each likeness counts (log-odds), and from which sum on a report joins.
# Written by: python -m infra incidents fit
"""


def written(weights: Weights) -> str:
    """The weights as a TOML file."""
    bounds = {name: getattr(weights, name) for name in ("join", "gather")}
    lines = [HEAD, f"base = {weights.base}", "", "[from]"]
    lines += [f"{name} = {value}" for name, value in bounds.items()]
    lines += ["", "[reading]"]
    lines += [f"{name} = {value}" for name, value in asdict(weights.reading).items()]
    lines += ["", "[likeness]", *(f"{name} = {n}" for name, n in sorted(weights.each.items()))]
    return "\n".join(lines) + "\n"


def keep(weights: Weights) -> Path:
    """Write them where matching reads them."""
    target = Path(str(files("chalicelib.incidents") / WEIGHTS))
    target.write_text(written(weights), "utf-8")
    return target


LENS_HEAD = "# The middle of all meanings, then a direction a line: python -m infra incidents fit"


def keep_lens(lens: Lens) -> Path:
    """The same of a lens."""
    target = Path(str(files("chalicelib.incidents") / LENS))
    lines = [LENS_HEAD, *map(in_line, (lens.middle, *lens.rows))]
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target
