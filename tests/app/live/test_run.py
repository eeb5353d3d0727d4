"""A window opens without waiting for what only its recordings need."""

from __future__ import annotations

import subprocess
import sys


def test_a_run_is_built_without_scipy() -> None:
    """SciPy, which the GIF encoder needs, takes a quarter of a second to import."""
    code = "import sys, app.live.run; print('scipy' in sys.modules, 'av' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.split() == ["False", "True"]
