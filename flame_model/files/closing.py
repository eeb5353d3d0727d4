"""Close what holds a file, a device or a model at the end of a `with` block."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class Closeable(Protocol):
    """Anything that is open until it is closed."""

    def close(self) -> object:
        """Release what is held."""
        ...


class ClosedByWith(Closeable, Protocol):
    """Anything closeable that a `with` block closes, also when an error or Ctrl-C passes through."""

    def __enter__(self) -> Self:
        """Return the object itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the object."""
        self.close()
