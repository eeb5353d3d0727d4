"""Readers that do what no reader may do, to test the harness itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

from flame_model.errors import InputError
from tests.robustness.fuzz.readers import Reader


def _misbehave(path: Path) -> None:
    """Misbehave in the way that the file's text names."""
    what = path.read_text()
    if what == "crash":
        os.abort()
    if what == "hang":
        time.sleep(60)
    if what == "grow":
        len(b"x" * (2**30 + 2**28))
    if what == "raise":
        raise KeyError("x")
    if what == "refuse":
        raise InputError(f"{path} is refused.")
    if what == "escape":
        raise InputError("\x1b[31m")
    if what == "chatter":
        raise InputError("x" * 2000)


READERS = {"faulty": Reader(lambda: {"fine": b"fine"}, _misbehave)}
