"""A file is written under a unique temporary name beside its place and moved there."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from flame_model.errors import OutputError
from flame_model.files.writing.move_into_place import Place, left_beside
from flame_model.files.writing.whole_file import write_text


def test_nothing_a_person_has_beside_it_is_touched(tmp_path: Path) -> None:
    for name in ("out.npz", "out.npz.part", ".out.npz.part", ".out.flame-cam.npz"):
        (tmp_path / name).write_text(name)
    write_text(tmp_path / "out.npz", "new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "out.npz": "new",
        **{name: name for name in ("out.npz.part", ".out.npz.part", ".out.flame-cam.npz")},
    }


def test_an_older_file_stands_until_the_new_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_text("older")
    place = Place(path, at_once=True)
    place.made.write_text("new")
    assert place.replaces
    assert path.read_text() == "older"
    assert left_beside(path) == [place.made]
    assert place.made.suffix == ".mp4"
    place.keep()
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_stands_it_grows_in_place_and_can_be_dropped(tmp_path: Path) -> None:
    place = Place(tmp_path / "out.mp4", at_once=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]
    place.discard()
    assert not list(tmp_path.iterdir())


def test_what_was_kept_is_not_dropped(tmp_path: Path) -> None:
    place = Place(tmp_path / "out.mp4", at_once=True)
    place.keep()
    place.discard()
    assert (tmp_path / "out.mp4").exists()


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "real.txt").write_text("older")
    (tmp_path / "link.txt").symlink_to(Path("far") / "real.txt")
    write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "far" / "real.txt").read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_permissions_are_those_of_the_older_file_or_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").touch()
    write_text(tmp_path / "new.txt", "new")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode
    (tmp_path / "plain.txt").chmod(0o640)
    write_text(tmp_path / "plain.txt", "new")
    assert (tmp_path / "plain.txt").stat().st_mode & 0o777 == 0o640


def test_a_name_as_long_as_the_disk_takes_is_fine(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 125 + ".txt")
    for text in ("older", "new"):
        write_text(path, text)
    assert path.read_text() == "new"


def test_what_cannot_be_moved_to_its_place_is_kept_beside_and_told(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "out.mp4"
    path.write_text("older")
    place = Place(path, at_once=True)
    place.made.write_text("new")

    def held_open(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "replace", held_open)
    with pytest.raises(OutputError, match=r"out\.mp4 cannot be replaced \(access is denied\)") as caught:
        place.keep()
    place.discard()
    assert str(place.made) in str(caught.value)
    assert (path.read_text(), place.made.read_text()) == ("older", "new")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_text(tmp_path / "pipe", "new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
