"""Join the style sheets that npm brought into one file that our pages link to.

``npm ci`` runs this. What it writes is never committed, and pages work without it, less pretty.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "chalicelib" / "web" / "static" / "vendor"

SHEETS = ("dist/index.min.css", "dist/{name}.css")
"""Where a package of the NL Design System keeps its sheet; the first that exists is taken."""

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def main() -> int:
    """Write the one sheet. 1 when a package is missing."""
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    missing = [name for name in wanted if sheet_of(name) is None]
    if missing:
        print(f"not fetched, run npm ci: {', '.join(missing)}", file=sys.stderr)
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    joined = "\n".join(part(name, version) for name, version in wanted.items())
    (VENDOR / "nlds.css").write_text(joined + "\n", encoding="utf-8")
    print(f"vendor/nlds.css: {len(wanted)} packages, {len(joined) // 1000} kB")
    return 0


def part(name: str, version: str) -> str:
    """One package's sheet, under a line that says whose it is."""
    sheet = sheet_of(name)
    text = sheet.read_text(encoding="utf-8") if sheet else ""
    return f"/*! {name} {version} EUPL-1.2 */\n{SOURCE_MAP.sub('', text).strip()}"


def sheet_of(package: str) -> Path | None:
    """The package's sheet, or None when it was not fetched."""
    name = package.rpartition("/")[2].removesuffix("-css")
    places = (MODULES / package / place.format(name=name) for place in SHEETS)
    return next((path for path in places if path.is_file()), None)


if __name__ == "__main__":
    sys.exit(main())
