"""Notices name one thing as one."""

from __future__ import annotations

import pytest

from flame_model.notices import counted


@pytest.mark.parametrize(("number", "words"), [(0, "0 frames"), (1, "1 frame"), (2, "2 frames")])
def test_a_number_agrees_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "frame") == words
