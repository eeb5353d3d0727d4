"""Delay Ctrl-C and requests to terminate while OpenGL calls run.

ctypes calls the Python code by which PyOpenGL converts arguments. A KeyboardInterrupt raised there would
arrive as a ctypes.ArgumentError, which looks like a fault of the program.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
STOP_SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Signals of the operating system that end a run: Ctrl-C, a request to terminate, a closed terminal."""


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Delay Ctrl-C and requests to terminate until the block ends; a second signal acts at once.

    It is also a decorator. Python runs signal handlers in the main thread only, so in other threads the block
    runs unchanged.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []

    def hold(number: int, _: object) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    # A signal that is ignored, as under nohup, stays ignored.
    acting = [number for number in STOP_SIGNALS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, hold) for number in acting}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in received:
        signal.raise_signal(number)
