"""Another Python than the one that we develop with, and environments of it made from our pins."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = ("3.13", "3.12")
"""What Lambda runs and has the newest wheels for, the best first."""


class NoPython(Exception):
    """There is no Python here that Lambda's newer images have too."""


def environment(folder: Path, name: str, *requirements: str) -> Path:
    """A virtual environment with these requirements, made once for each set of them.

    Raises ``NoPython``.
    """
    python = found_python()
    key = hashlib.sha256("\n".join(requirements).encode()).hexdigest()[:12]
    venv = folder / f"{name}-{python.name}-{key}"
    if not (venv / "ready").exists():
        subprocess.run([str(python), "-m", "venv", "--clear", str(venv)], check=True)
        pip = [str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *requirements], check=True)
        (venv / "ready").touch()
    return venv


def runtime_pins() -> list[str]:
    """What the service itself needs."""
    return (ROOT / "requirements.txt").read_text().split()


def pin(name: str) -> str:
    """The version that we develop with, as ``name==version``."""
    pins = (ROOT / "requirements-dev.txt").read_text()
    (found,) = re.findall(rf"^{name}==.+$", pins, re.MULTILINE)
    return str(found)


def found_python() -> Path:
    """The best that is here. Raises ``NoPython``."""
    for version in WANTED:
        for candidate in candidates(version):
            if answers(candidate):
                return candidate
    raise NoPython(f"packaging needs Python {' or '.join(WANTED)}, and there is none here")


def not_compiled(folder: Path) -> str:
    """Bytecode beside all Python in this folder; what is wrong with what has none, else empty.

    A function cannot write any, so each cold start would compile all that it imports. By hash and
    unchecked (PEP 552), since the times of files in a zip say nothing. Raises ``NoPython``.
    """
    command = [str(found_python()), "-m", "compileall", "-q"]
    command += ["--invalidation-mode", "unchecked-hash", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def candidates(version: str) -> list[Path]:
    """Where a Python of this version may be: on the path, or put there by pyenv."""
    name = f"python{version}"
    on_path = [Path(folder) / name for folder in os.get_exec_path()]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    return [*on_path, *sorted(pyenv.glob(f"{version}.*/bin/{name}"))]


def answers(python: Path) -> bool:
    """Whether it is there and runs: pyenv leaves shims behind that do not."""
    if not python.exists():
        return False
    return not subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode
