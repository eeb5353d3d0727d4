"""ICT archives are recognised by their content; damaged ones are refused with an error of one sentence."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from flame_model.errors import HeadFileError
from flame_model.ict import ICT_ADDRESS, is_ict, read_ict
from flame_model.ict.archive import IctMeshes

FOLDER = "ICT-FaceKit-master/FaceXModel/"
NEUTRAL = "generic_neutral_mesh.obj"


@pytest.fixture(scope="session")
def neutral(archive: Path) -> bytes:
    """Return the text of the archive's neutral mesh."""
    with zipfile.ZipFile(archive) as opened:
        return opened.read(FOLDER + NEUTRAL)


def _zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(FOLDER + name, content)
    return path


def test_archive_is_recognised_by_its_content(archive: Path, tmp_path: Path) -> None:
    assert is_ict(archive)
    text = tmp_path / "ICT-FaceKit-master.zip"
    text.write_text("not a zip")
    assert not is_ict(text)
    assert not is_ict(tmp_path / "missing.zip")
    assert not is_ict(_zip(tmp_path / "other.zip", {"flame2023.pkl": b""}))


def test_address_is_the_official_one() -> None:
    assert ICT_ADDRESS.startswith("https://github.com/ICT-VGL/ICT-FaceKit/")


def test_all_expressions_and_identities_are_read(meshes: IctMeshes) -> None:
    assert len(meshes.expressions) == 53
    assert len(meshes.identities) == 10


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HeadFileError, match="holds no FaceXModel"):
        read_ict(_zip(tmp_path / "other.zip", {"flame2023.pkl": b""}))
    text = tmp_path / "text.zip"
    text.write_text("not a zip")
    with pytest.raises(HeadFileError, match="not a readable zip archive"):
        read_ict(text)


def test_truncated_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:100_000])
    with pytest.raises(HeadFileError, match="Download it again"):
        read_ict(cut)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"\nv ", b"\nw ", "finite vertices, received 0"),
        (b"\nv 0 -2.12388 11.6251\n", b"\n", "received 26718"),
        (b"-2.12388", b"nan", "finite vertices"),
        (b"-2.12388", b"1e", "not three numbers"),
        (b"\nf 874/1", b"\nf 99874/1", "vertex that does not exist"),
        (b"\nf 874/1", b"\nf x/1", "not made of numbers"),
        (b"\nusemtl M_BackHead\nf ", b"\nusemtl M_BackHead\ng ", "received 26383"),
    ],
)
def test_damaged_neutral_is_refused(
    neutral: bytes, tmp_path: Path, old: bytes, new: bytes, sentence: str
) -> None:
    assert old in neutral
    damaged = neutral.replace(old, new)
    members = {NEUTRAL: damaged, "vertex_indices.json": b'{"expressions": []}'}
    with pytest.raises(HeadFileError, match=sentence) as caught:
        read_ict(_zip(tmp_path / "damaged.zip", members))
    assert NEUTRAL in str(caught.value)


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        (b"{", "holds no list of expressions"),
        (b"{}", "holds no list of expressions"),
        (b'{"expressions": [1]}', "by name"),
        (json.dumps({"expressions": ["jawOpen"]}).encode(), re.escape("jawOpen.obj is missing")),
        (json.dumps({"expressions": []}).encode(), "eyeBlink_L, eyeBlink_R, .* jawOpen are missing"),
    ],
)
def test_archive_without_its_shapes_is_refused(
    neutral: bytes, tmp_path: Path, index: bytes, sentence: str
) -> None:
    path = _zip(tmp_path / "poor.zip", {NEUTRAL: neutral, "vertex_indices.json": index})
    with pytest.raises(HeadFileError, match=sentence):
        read_ict(path)


@pytest.mark.parametrize("size", [0.0, 1e30])
def test_whole_meshes_that_are_no_head_are_refused(
    archive: Path, meshes: IctMeshes, monkeypatch: pytest.MonkeyPatch, size: float
) -> None:
    shapeless = replace(meshes, neutral=size * meshes.neutral)
    monkeypatch.setattr("flame_model.ict.build.read_meshes", lambda _: shapeless)
    with pytest.raises(HeadFileError, match="meshes are complete, but they do not form a head"):
        read_ict(archive)
