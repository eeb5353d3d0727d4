"""Make the environment .venv and install flame-cam into it: `setup_environment.py run|test`.

It uses the standard library only, and old Pythons can parse it, so that they print a clear error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
KNOWN_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
PYRENDER = "pyrender==0.1.45"
"""Installed without its requirements: it pins an old PyOpenGL but works with the one that flame-cam uses."""


def main() -> None:
    """Prepare machine and environment for running flame-cam ("run"), or for its tests as well ("test")."""
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in ("run", "test"):
        raise SystemExit("Usage: setup_environment.py run|test")
    _require_python()
    system_packages.require_graphics(for_tests=purpose == "test")
    stamps = {name: ENVIRONMENT / f"installed-{name}" for name in ("run", "test")}
    wanted = _fingerprint()
    good_enough = [stamps["test"]] if purpose == "test" else list(stamps.values())
    if any(stamp.is_file() and stamp.read_text() == wanted for stamp in good_enough):
        return
    _make_environment()
    _install(purpose)
    stamps[purpose].write_text(wanted)


def _require_python() -> None:
    """Run this script again under a newer Python where this one is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    newer = next(filter(None, map(shutil.which, KNOWN_PYTHONS)), None)
    if newer is None:
        found = sys.version.split()[0]
        raise SystemExit(f"flame-cam needs Python 3.11 or newer, but {sys.executable} is {found}.")
    raise SystemExit(subprocess.run([newer, *sys.argv], check=False).returncode)


def _fingerprint() -> str:
    """Return a hash of the files that an installation depends on."""
    sources = (ROOT / "pyproject.toml", Path(__file__))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _make_environment() -> None:
    if environment_python().is_file():
        return
    try:
        import ensurepip  # noqa: F401  Debian splits it from venv
        import venv
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        system_packages.install((package,), f"{sys.executable} cannot make virtual environments")
        raise SystemExit(subprocess.run([sys.executable, *sys.argv], check=False).returncode) from None
    print(f"Creating {ENVIRONMENT}", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True)


def _install(purpose: str) -> None:
    target = f"{ROOT}[dev]" if purpose == "test" else str(ROOT)
    _pip("install", "--editable", target)
    if purpose == "test":
        _pip("install", "--no-deps", PYRENDER)


def _pip(*arguments: str) -> None:
    print("pip " + " ".join(arguments), file=sys.stderr)
    command = [str(environment_python()), "-m", "pip", *arguments, "--quiet"]
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit(
            "pip could not install flame-cam (see its message); check that the package index can be reached."
        )


def environment_python() -> Path:
    """Return the path of the environment's Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    main()
