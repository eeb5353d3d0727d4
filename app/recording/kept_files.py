"""Where the live window keeps what the user records, and how these files are named."""

from __future__ import annotations

import os
import re
import time
from itertools import chain, count
from pathlib import Path

import platformdirs

from flame_model.files.writing.write_errors import unwritable

_NAME_FORMAT = "flame-cam-%Y%m%d-%H%M%S"
_LONGEST_HEAD = 40
"""Characters of a head's name in the name of a file."""


def own_folder() -> Path:
    """Return the folder for recordings where the user names none: the user's Videos folder."""
    return platformdirs.user_videos_path()


class KeptFiles:
    """Names new files by date and head, such as `flame-cam-20260131-174500-builtin.mp4`."""

    def __init__(self, folder: Path | None, head: str) -> None:
        """Take the folder, None for the user's Videos folder, and the name or file of the head."""
        # The current folder, which the name may be relative to, can be removed during the run.
        self.folder = (own_folder() if folder is None else folder).absolute()
        self.head = head

    def named_now(self, suffix: str, *others: str) -> Path:
        """Return the whole path of a file that does not exist, named by the current time.

        Nor do files with `others` in place of its suffix. The folder is created where it is missing. Raises
        OutputError.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        head = re.sub(r"[^\w.-]+", "-", Path(self.head).stem)[:_LONGEST_HEAD]
        stem = f"{time.strftime(_NAME_FORMAT)}-{head}"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        for name in names:
            if not any(os.path.lexists(self.folder / f"{name}{each}") for each in (suffix, *others)):
                break
        return self.folder / f"{name}{suffix}"
