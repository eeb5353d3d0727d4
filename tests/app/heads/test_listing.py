"""The output of `flame-cam heads` and `heads show`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.heads.origin import Origin, write_origin
from app.heads.store import new_head_folder
from flame_model.files.head_file import save_head
from flame_model.head import Head, Provenance
from tests.app.heads.conftest import Command


def put(head: Head, name: str) -> None:
    with new_head_folder(name) as folder:
        save_head(replace(head, name=name), folder / "head.npz")
        write_origin(Origin("somewhere/file.pkl", 1234567, "abc123", ("FLAME_masks.pkl",)), folder)


def test_the_list_has_a_line_for_every_head(command: Command, synthetic_head: Head) -> None:
    put(replace(synthetic_head, provenance=Provenance("FLAME 2020", "research", "file.pkl")), "mine")
    listed = command("heads")
    assert listed.code == 0
    titles, builtin, mine = listed.out.splitlines()
    assert titles.split() == ["NAME", "EDITION", "LICENCE", "VERTICES", "EXPRESSIONS", "SIZE"]
    assert builtin.startswith("builtin ")
    assert " MIT " in builtin
    assert mine.split() == ["mine", "FLAME", "2020", "research", "386", "12", *mine.split()[-2:]]
    assert mine.endswith(" MB")


def test_a_head_that_cannot_be_read_does_not_hide_the_others(
    command: Command, heads_folder: Path, synthetic_head: Head
) -> None:
    put(synthetic_head, "good")
    (heads_folder / "bad").mkdir()
    (heads_folder / "bad" / "head.npz").write_bytes(b"PK no archive")
    listed = command("heads")
    assert listed.code == 0
    _, _, bad, good = listed.out.splitlines()
    assert "cannot be read" in bad
    assert good.startswith("good ")


def test_show_tells_where_a_head_comes_from(
    command: Command, heads_folder: Path, synthetic_head: Head
) -> None:
    put(synthetic_head, "mine")
    shown = command("heads", "show", "mine")
    assert shown.code == 0
    assert "386 vertices" in shown.out
    assert "12 components: expression_0," in shown.out
    assert "none; name one with --mapping" in shown.out
    made_from = " ".join(shown.out.split("made from:")[1].split())
    assert made_from == "somewhere/file.pkl, 1,234,567 bytes, SHA-256 abc123, with FLAME_masks.pkl"
    (heads_folder / "mine" / "about.json").write_text("{}")
    damaged = command("heads", "show", "mine")
    assert damaged.code == 2
    assert "about.json is not a readable record of a head's origin" in damaged.err


def test_show_of_an_unknown_name_lists_those_that_exist(command: Command) -> None:
    finished = command("heads", "show", "nobody")
    assert finished.code == 2
    assert finished.err == "flame-cam: No head is named 'nobody'; choose one of: builtin.\n"


def test_an_added_head_brings_its_mapping(command: Command, heads_folder: Path, synthetic_head: Head) -> None:
    put(synthetic_head, "mine")
    without = command("render", "demo", "out.mp4", "--head", "mine", "--frames", "1")
    assert without.code == 2
    assert "no mapping of its own" in without.err
    (heads_folder / "mine" / "mapping").mkdir()
    empty = command("render", "demo", "out.mp4", "--head", "mine", "--frames", "1")
    assert empty.code == 2
    assert str(heads_folder / "mine" / "mapping") in empty.err
