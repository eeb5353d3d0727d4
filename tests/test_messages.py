"""Error sentences all end the same way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import flame_cam

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app", "mappings", "render", "flame_model")
REASONS = {"UnreadableError", "MissingFileError"}
"""Errors that take a few words, of which they make their sentence."""
ERRORS = {name for name in flame_cam.__all__ if name.endswith("Error")} - REASONS


def written_end(message: ast.expr) -> str | None:
    """Return the text that a message ends with, None where a value stands at its end."""
    if isinstance(message, ast.BinOp):
        return written_end(message.right)
    last = message.values[-1] if isinstance(message, ast.JoinedStr) else message
    return str(last.value) if isinstance(last, ast.Constant) else None


def written_ends(code: str) -> Iterator[str]:
    """Yield the text that the message of every error in a module ends with."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            end = written_end(node.args[0]) if node.args else None
            if end is not None:
                yield end


@pytest.mark.parametrize("room", ROOMS)
def test_error_sentences_end_with_a_full_stop(room: str) -> None:
    ends = [
        (path.name, end)
        for path in (ROOT / room).rglob("*.py")
        for end in written_ends(path.read_text(encoding="utf-8"))
    ]
    assert ends
    assert [each for each in ends if not each[1].endswith(".")] == []


def test_the_check_sees_an_open_end() -> None:
    code = (
        'raise InputError("no stop")\nraise SourceError(f"{x} ends." + "here")\nraise OutputError(f"as {x}")'
    )
    assert list(written_ends(code)) == ["no stop", "here"]
