"""A file is written completely or not at all."""

from __future__ import annotations

import errno

import pytest

from flame_model.errors import OutputError
from flame_model.files.writing.whole_file import write_whole


def fail_half_way(file) -> None:
    """Write a little, then fail as a full disk does."""
    file.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_older_file(tmp_path):
    path = tmp_path / "out.bin"
    path.write_bytes(b"older")
    with pytest.raises(OutputError, match=r"out\.bin cannot be written \(the disk is full\)"):
        write_whole(path, fail_half_way)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_another_error_leaves_no_part(tmp_path):
    def interrupt(_) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "out.bin", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_replaces_the_older(tmp_path):
    path = tmp_path / "out.bin"
    path.write_bytes(b"older")
    write_whole(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"
