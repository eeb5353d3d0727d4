"""A journal gives every complete frame, however it ends; it is read as a take."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import OutputError, SourceError
from mappings.records.take import load_take
from mappings.records.take_journal import NOBODY, TakeJournal, is_journal, owner_of

OWNER = (4321, 1_700_000_000.25)


@pytest.fixture
def seen(make_observation):
    """Return six observations with their times, the third of them without a face."""
    observations = [None if index == 2 else make_observation(index, index / 25) for index in range(6)]
    observations[4] = replace(observations[4], moved=np.linspace(-0.1, 0.1, 6, dtype=np.float32))
    return [(seen, index / 25) for index, seen in enumerate(observations)]


@pytest.fixture
def written(seen, tmp_path: Path) -> Path:
    """Return the journal of six frames."""
    journal = TakeJournal(tmp_path / "six.journal", OWNER)
    for observation, time_s in seen:
        journal.add(observation, time_s)
    journal.sync()
    journal.close()
    return journal.path


def test_a_journal_is_read_as_a_take(written: Path, seen) -> None:
    assert is_journal(written)
    take = load_take(written)
    assert take.implausible == 0
    assert take.times.tolist() == [time_s for _, time_s in seen]
    for (before, _), after in zip(seen, take.observations, strict=True):
        assert (before is None) == (after is None)
        for name in ("scores", "landmarks", "T_camera_face", "image_size") if before else ():
            np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
        assert before is None or np.array_equal(before.moved, after.moved)


def test_a_journal_has_an_owner_until_it_is_closed(seen, tmp_path: Path) -> None:
    journal = TakeJournal(tmp_path / "run.journal", OWNER)
    journal.add(*seen[0])
    assert owner_of(journal.path) == OWNER
    journal.close()
    assert owner_of(journal.path) == NOBODY
    assert len(load_take(journal.path).observations) == 1


def test_every_complete_frame_is_read_wherever_the_file_ends(written: Path) -> None:
    content = written.read_bytes()
    header = len(content) % 6049
    counts = []
    for end in range(header, len(content) + 1, 997):
        written.write_bytes(content[:end])
        counts.append(len(load_take(written).observations))
        assert counts[-1] == (end - header) // 6049
    assert sorted({*counts}) == [0, 1, 2, 3, 4, 5]


def test_a_damaged_frame_ends_it(written: Path) -> None:
    content = bytearray(written.read_bytes())
    content[-2 * 6049 + 3000] ^= 0xFF
    written.write_bytes(content)
    assert len(load_take(written).observations) == 4


def test_a_file_that_begins_as_a_journal_and_is_none_gets_a_sentence(written: Path) -> None:
    written.write_bytes(written.read_bytes()[:30])
    with pytest.raises(SourceError, match=r"six\.journal is not a readable take"):
        load_take(written)


def test_a_frame_that_does_not_fit_leaves_those_before_it(
    seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = TakeJournal(tmp_path / "full.journal", OWNER)
    journal.add(*seen[0])
    plain = journal._file

    class Full:
        """A file that takes half a frame and then no more."""

        def __init__(self) -> None:
            self.writes = 0

        def write(self, data: memoryview) -> int:
            self.writes += 1
            if self.writes > 1:
                raise OSError(errno.ENOSPC, "full")
            return plain.write(data[:3000])

        def truncate(self, size: int) -> int:
            return plain.truncate(size)

    monkeypatch.setattr(journal, "_file", Full())
    with pytest.raises(OSError, match="full"):
        journal.add(*seen[1])
    plain.close()
    assert journal.frames == len(load_take(journal.path).observations) == 1


def test_a_removed_file_can_still_be_read_by_its_writer(seen, tmp_path: Path) -> None:
    journal = TakeJournal(tmp_path / "gone.journal", OWNER)
    for observation, time_s in seen:
        journal.add(observation, time_s)
    journal.path.unlink()
    np.testing.assert_array_equal(journal.arrays()["scores"][3], seen[3][0].scores)
    journal.close()


def test_another_file_is_never_overwritten(written: Path) -> None:
    with pytest.raises(OutputError, match=r"six\.journal"):
        TakeJournal(written, OWNER)
    assert len(load_take(written).observations) == 6
