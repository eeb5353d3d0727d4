"""Handle the signals that end a run: Ctrl-C, a service manager's stop, a closed terminal."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType

from render.platform.delayed_interrupts import STOP_SIGNALS

_WAIT = b"flame-cam: recordings are being finished; interrupt once more to end at once.\n"
_AT_ONCE = b"flame-cam: ended at once; recordings are cut short.\n"
_STDERR = 2
"""File descriptor of stderr."""


class _Interruption:
    """A signal handler: the first signal interrupts, the second prints a request to wait, the third exits."""

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
    """Let all signals that end a run finish its recordings as Ctrl-C does.

    Signals that were ignored when the process began stay ignored, as `nohup` and shells want it for
    background jobs.
    """
    interruption = _Interruption()
    for number in STOP_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, interruption)


def _tell(text: bytes) -> None:
    """Write to stderr without Python's stream, whose lock the interrupted code may hold; it may be closed."""
    with suppress(OSError):
        os.write(_STDERR, text)
