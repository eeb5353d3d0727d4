"""Hold Ctrl-C back while OpenGL is being talked to.

PyOpenGL converts arguments in Python that ctypes calls: a KeyboardInterrupt there would arrive as a
ctypes.ArgumentError, which nobody takes for a wish to stop.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))
"""Windows knows no SIGHUP."""


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

    before = {number: signal.signal(number, hold) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for held in received:
        signal.raise_signal(held)
