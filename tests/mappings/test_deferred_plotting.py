"""MediaPipe comes without matplotlib, and its plots still work."""

from __future__ import annotations

import subprocess
import sys


def run(code: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_tracker_loads_no_matplotlib():
    code = "import sys, mappings.tracker; print(any(name.startswith('matplotlib') for name in sys.modules))"
    assert run(code) == "False"


def test_what_wants_to_plot_still_can():
    code = (
        "import mappings.tracker\n"
        "from mediapipe.tasks.python.vision import drawing_utils\n"
        "print(callable(drawing_utils.plt.figure))\n"
        "import matplotlib.pyplot\n"
        "print(matplotlib.pyplot.figure is drawing_utils.plt.figure)"
    )
    assert run(code).split() == ["True", "True"]


def test_a_matplotlib_that_is_there_is_left_alone():
    code = (
        "import sys, matplotlib\n"
        "there = sys.modules['matplotlib']\n"
        "import mappings.tracker\n"
        "print(sys.modules['matplotlib'] is there)"
    )
    assert run(code) == "True"
