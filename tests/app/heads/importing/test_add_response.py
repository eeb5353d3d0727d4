"""`flame-cam heads add` and how the tracker reads the head that is added."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.heads.importing.adding import AddHeadSettings, add_file
from app.model.animated_head import AnimatedHead
from flame_model.files.head_file import save_head
from flame_model.find_heads import load_head
from mappings.scores.mapping_folder import RESPONSE_NAME
from tests.app.heads.conftest import Command

READINGS = 400
"""A round; a response needs 192."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a head whose landmarks are known, so that adding it is quick."""
    save_head(replace(load_head("builtin"), texture=None), tmp_path / "mine.npz")
    return tmp_path / "mine.npz"


def shown(command: Command) -> str:
    """Return what `heads show` says of the head, its lines as one."""
    return " ".join(command("heads", "show", "mine").out.split())


def test_an_added_head_is_animated_by_its_response(
    command: Command, heads_folder: Path, said: list[str], bundle: Path, file: Path
) -> None:
    add_file(file, AddHeadSettings(landmarker=bundle, readings=READINGS), said.append)
    assert not said
    animated = AnimatedHead.load("mine")
    assert animated.solver == "hybrid"
    assert animated.response is not None
    assert 1.9 * READINGS < animated.response.frames <= 2 * READINGS
    assert f"on {animated.response.frames} readings; explains the scores with a median R2 of 0." in shown(
        command
    )
    (heads_folder / "mine" / "mapping" / RESPONSE_NAME).write_bytes(b"PK damaged")
    assert "not a readable response" in shown(command)


def test_a_head_that_is_hardly_seen_is_added_without(
    command: Command, heads_folder: Path, said: list[str], bundle: Path, file: Path
) -> None:
    add_file(file, AddHeadSettings(landmarker=bundle, readings=9), said.append)
    [told] = said
    assert "at least 192 are needed" in told
    assert "by scores alone" in told
    assert AnimatedHead.load("mine").solver == "scores"
    assert "flame-cam mapping respond --head mine" in shown(command)
    assert not (heads_folder / "mine" / "mapping" / RESPONSE_NAME).exists()
