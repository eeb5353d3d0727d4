"""The page of looks is what its command writes, and tells of everything that can be chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.authoring.looks_page import looks_page
from render.looks.names import LOOK_NAMES
from render.scene.background import BACKGROUND_NAMES
from render.scene.environment_names import ENVIRONMENT_NAMES

PAGE = Path(__file__).parents[3] / "docs" / "guide" / "looks.md"


def test_the_page_is_what_the_command_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == looks_page("../pictures/looks")


@pytest.mark.parametrize("name", [*LOOK_NAMES, *ENVIRONMENT_NAMES, *BACKGROUND_NAMES, "camera"])
def test_every_name_is_on_the_page(name: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"`{name}`" in text or f"## {name}\n" in text
