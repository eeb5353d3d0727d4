"""What ends a run from outside: Ctrl-C, a service manager's stop, a terminal that closes."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Each system knows some of them."""
_WAIT = b"flame-cam: finishing what was begun; once more ends it at once.\n"
_AT_ONCE = b"flame-cam: ended at once; recordings are cut where they were.\n"
_STDERR = 2


class _Interruption:
    """Interrupt the first time, ask for patience the second, and end the process the third."""

    def __init__(self) -> None:
        self._times = 0

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self._times += 1
        if self._times == 1:
            raise KeyboardInterrupt
        _tell(_WAIT if self._times == 2 else _AT_ONCE)
        if self._times > 2:
            os._exit(1)


def install_interruption() -> None:
    """Let all signals that end a run finalise its recordings as Ctrl-C does.

    What was ignored when the process began stays so, as `nohup` and shells ask it for jobs in the background.
    """
    interruption = _Interruption()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, interruption)


def _tell(words: bytes) -> None:
    """Write to the terminal, which may be gone, without the locks of a stream that was interrupted."""
    with suppress(OSError):
        os.write(_STDERR, words)
