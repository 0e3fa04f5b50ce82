"""The direction of imports, as docs/architecture.md draws it: the machine holds the rule."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"

BELOW: dict[str, set[str]] = {
    "errors": set(),
    "embedded": {"errors"},
    "domain": {"errors"},
    "detection": {"domain"},
    "incidents": {"domain", "detection"},
    "routing": {"domain"},
    "channels": {"domain", "errors"},
    "store": {"domain", "errors", "embedded"},
    "jobs": {"domain", "errors", "embedded"},
    "knowledge": {"domain", "detection"},
    "intake": {"domain", "detection"},
    "investigation": {"domain"},
    "log": set(),
    "settings": {"errors", "jobs"},
    "identity": {"domain", "errors", "log"},
    "aws": {"detection", "domain", "errors", "channels", "jobs", "log", "settings", "store"},
    "writing": set(),
    "flows": {"domain", "errors", "detection", "channels", "store", "jobs", "log"}
    | {"incidents", "intake", "investigation", "knowledge", "routing", "writing"},
    "web": {"flows", "domain", "errors", "wiring", "log"},
    "workers": {"flows", "domain", "errors", "wiring", "log", "jobs"},
}
"""What each part may import. ``wiring`` sees everything."""

EXCEPTIONS = {
    ("web", "chalicelib.channels.contract"),  # the request, as the channels take it
}

OUTSIDE = {
    "chalice": {"web"},
    "sqlite3": {"embedded", "store", "jobs"},
    "urllib3": {"channels", "identity"},
    "joserfc": {"identity"},
    "requests": {"channels"},
    "tweepy": {"channels"},
    "praw": {"channels"},
    "defusedxml": {"channels"},
    "PIL": {"flows"},
    "pydyf": {"writing"},
    "jinja2": {"web"},
    "boto3": {"aws"},
    "botocore": {"aws", "store", "jobs"},
}
"""Libraries that only these parts may know."""

AWS_ENGINES = {"store/dynamo.py", "store/dynamo_failures.py", "store/s3.py", "jobs/sqs.py"}
"""In the folders that hold both engines, the files that may know botocore."""


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    """The modules that a file imports, names taken from packages included."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_lies_below_it(path: Path) -> None:
    part = part_of(path)
    if part in ("wiring", "__init__"):
        return
    for module in imported(path):
        if any(part == p and module.startswith(allowed) for p, allowed in EXCEPTIONS):
            continue
        if module.startswith("chalicelib."):
            other = module.split(".")[1]
            assert other == part or other in BELOW[part], f"{path} imports {module}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    for module in imported(path):
        allowed = OUTSIDE.get(module.split(".")[0])
        assert allowed is None or part_of(path) in allowed, f"{path} imports {module}"


def test_only_the_deployed_engines_know_aws() -> None:
    for path in sources():
        if part_of(path) in ("store", "jobs") and any(m.startswith("boto") for m in imported(path)):
            assert str(path.relative_to(PACKAGE)) in AWS_ENGINES


def test_the_embedded_engine_starts_without_aws() -> None:
    code = "import sys, app; sys.exit('boto3' in sys.modules or 'botocore.client' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603 ours
    assert done.returncode == 0


KNOWN_TO_THE_DOMAIN = {
    "base64", "calendar", "chalicelib", "collections", "dataclasses", "datetime", "hashlib",
    "hmac", "itertools", "math", "re", "statistics", "typing", "unicodedata", "xml",
    "zoneinfo",
}  # fmt: skip


def test_the_domain_knows_the_standard_library_only() -> None:
    for path in sources():
        if part_of(path) == "domain":
            for module in imported(path):
                top = module.split(".")[0]
                assert top in KNOWN_TO_THE_DOMAIN


def test_the_package_knows_nothing_of_infra() -> None:
    for path in [*sources(), ROOT / "app.py"]:
        assert not [m for m in imported(path) if m.split(".")[0] in ("infra", "tests")], path


def test_all_keys_are_made_in_one_place() -> None:
    for path in (PACKAGE / "flows").rglob("*.py"):
        assert "Key(f" not in path.read_text(), f"{path} makes a key of its own"


def test_the_platform_libraries_are_loaded_only_when_a_platform_is_spoken_to() -> None:
    """They cost a cold start a quarter of a second that most requests have no use for."""
    libraries = ("requests", "tweepy", "praw", "PIL", "joserfc", "pydyf")
    loaded = f"print([name for name in {libraries} if name in sys.modules])"
    command = [sys.executable, "-c", f"import sys, app; {loaded}"]
    found = subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
