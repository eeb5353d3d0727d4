"""Hold Ctrl-C back while OpenGL is being talked to.

PyOpenGL converts arguments in Python that ctypes calls: a KeyboardInterrupt there would arrive as a
ctypes.ArgumentError, which nobody takes for a wish to stop.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""What ends a run; each system knows some of them."""


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let Ctrl-C and a request to terminate act after the block, or at once when asked for twice.

    It is also a decorator. Threads other than the main one never receive signals and run as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []

    def hold(number: int, _: object) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    # One that is ignored, as nohup has it, stays so.
    acting = [number for number in SIGNALS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, hold) for number in acting}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for held in received:
        signal.raise_signal(held)
