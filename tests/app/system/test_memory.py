"""Few heaps for all threads, where the C library can do that."""

from __future__ import annotations

import platform
import subprocess
import sys


def test_glibc_takes_the_setting_and_others_are_left_alone() -> None:
    code = "from app.system.memory import share_malloc_arenas; print(share_malloc_arenas())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(platform.libc_ver()[0] == "glibc")
