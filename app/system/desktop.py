"""Ask the desktop to show a file in its folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def show_in_folder(path: Path) -> bool:
    """Open the folder of a file in the desktop's file manager; return False where there is none."""
    if sys.platform == "win32":
        command = ["explorer", f"/select,{path}"]
    elif sys.platform == "darwin":
        command = ["open", "-R", str(path)]
    else:
        command = ["xdg-open", str(path.parent)]
    if shutil.which(command[0]) is None:
        return False
    # The file manager goes on when this program ends, and writes nothing into its terminal.
    subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return True
