"""Known start-up messages are dropped; all other lines reach stderr."""

from __future__ import annotations

import os

import pytest

from mappings.tracking.native_log import without_chatter

CHATTER = b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"


def test_other_lines_arrive(capfd):
    with without_chatter():
        os.write(2, CHATTER + b"E0000 the disk is on fire\n" + CHATTER)
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "E0000 the disk is on fire\nafter\n"


def test_lines_written_before_an_error_arrive(capfd):
    def fail() -> None:
        with without_chatter():
            os.write(2, b"why it failed\n")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert capfd.readouterr().err == "why it failed\n"
