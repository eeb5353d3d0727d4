"""What every writer is: pictures in, one playable file (or folder) out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""(H, W, 4) RGBA, straight alpha."""


class Writer(ABC):
    """Write pictures of one size at a constant rate; what was written stays playable whatever happens.

    The file is opened by the constructor under its own name, so a path that cannot be written is an
    `OutputError` before any work begins; an existing file is replaced. There is no temporary name: every
    format is brought to disk so that what is there can be played. A writer given no picture leaves no file.
    """

    path: Path
    frames: int
    """Pictures that are in the file; after a failure those that can still be played."""

    @abstractmethod
    def add(self, rgba: Picture) -> None:
        """Append one picture; raises OutputError (with the number of frames that are in) on a full disk."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file, once; raises OutputError where its end cannot be written."""

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, also when an error or Ctrl-C passes through."""
        self.close()
