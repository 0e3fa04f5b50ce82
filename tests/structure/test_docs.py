"""What the documentation promises is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
LINKED = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_and_page_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = NAMED.findall(text)
    assert [one for one in named if not is_there(*one)] == []
    assert [to for to in LINKED.findall(text) if not (page.parent / to).exists()] == []


def is_there(file: str, name: str) -> bool:
    path = ROOT / file
    return path.exists() and (not name or name in names_in(path))


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_pain_names_a_test() -> None:
    pains = (ROOT / "docs" / "pains.md").read_text(encoding="utf-8")
    rows = [line for line in pains.splitlines() if line.startswith("| ")][1:]
    silent = [row for row in rows if "::test_" not in row and not row.startswith("| pain")]
    assert silent == []
    assert [int(n) for n in re.findall(r"^\| (\d+)\. ", pains, re.MULTILINE)] == list(range(1, 28))
