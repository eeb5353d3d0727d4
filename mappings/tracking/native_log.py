"""Keep the start-up messages of MediaPipe's C++ code off stderr without losing other messages."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STDERR = 2
_CHATTER = re.compile(
    rb"^(WARNING: All log messages before absl::InitializeLog|INFO: Created TensorFlow Lite"
    rb"|[IW]\d{4} .*(face_landmarker_graph\.cc|inference_feedback_manager\.cc|gl_context\w*\.cc))"
)
"""Lines that mediapipe 0.10.31 prints each time a landmarker is made; no environment variable stops it."""


@contextmanager
def without_chatter(chatter: re.Pattern[bytes] = _CHATTER) -> Iterator[None]:
    """Hold back what is written to the process's stderr, and at the end write all but the lines of `chatter`.

    `chatter` is matched at the start of a line; the default matches MediaPipe's start-up messages.
    """
    try:
        original = os.dup(_STDERR)
    except OSError:
        yield
        return
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(original, _STDERR)
            os.close(original)
            held.seek(0)
            for line in held:
                if not chatter.match(line):
                    with suppress(OSError):
                        os.write(_STDERR, line)
