"""Commands replace their own part of a page and leave the rest."""

from __future__ import annotations

import pytest

from benchmarks.written_page import table, with_section

PAGE = "# T\n\n<!-- a: written by a command -->\n\nold\n\n<!-- end of a -->\n\nkept\n"


def test_a_section_is_replaced() -> None:
    once = with_section(PAGE, "a", "new\n")
    assert once == PAGE.replace("old", "new")
    assert with_section(once, "a", "new") == once


def test_a_missing_section_is_named() -> None:
    with pytest.raises(ValueError, match="end of b"):
        with_section(PAGE, "b", "new")


def test_numbers_are_aligned_to_the_right() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"
