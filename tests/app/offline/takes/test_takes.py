"""`flame-cam takes`: times go on, nothing is lost, and bad input gets one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from app.cli import run
from app.offline.takes.editing import cut_take, join_takes
from mappings.frames import FaceObservation
from mappings.records.take import Take, load_take, save_take
from tests.robustness.writing_commands import ASSETS

DEMO = load_take(ASSETS / "takes" / "demo.npz")


def part(first: int, count: int, step_s: float = 1 / 30, begin_s: float = 0.0) -> Take:
    """Return `count` frames of the demo from number `first` on, at other times."""
    times = begin_s + step_s * np.arange(count)
    return Take("part", DEMO.observations[first : first + count], times, 1 / step_s)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which holds three takes of ten frames, one of them at half the rate."""
    save_take(part(100, 10, begin_s=7.0), tmp_path / "a.npz")
    save_take(part(200, 10), tmp_path / "b.npz")
    save_take(part(300, 10, step_s=1 / 15), tmp_path / "slow.npz")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(take: Take) -> list[FaceObservation]:
    """Return the observations of a take in which every frame has a face."""
    found = [each for each in take.observations if each is not None]
    assert len(found) == len(take.observations)
    return found


def test_a_cut_holds_the_frames_between_the_times_and_begins_at_zero() -> None:
    take = part(100, 10, begin_s=7.0)
    cut = cut_take(take, 3 / 30, 7 / 30)
    np.testing.assert_allclose(cut.times, np.arange(4) / 30, atol=1e-9)
    np.testing.assert_array_equal(seen(cut)[0].landmarks, take.observations[3].landmarks)
    assert [each.time_s for each in seen(cut)] == pytest.approx(cut.times)


@pytest.mark.parametrize("cut_s", [0.01, 0.1, 0.2, 0.299])
def test_two_parts_joined_are_the_whole(cut_s: float) -> None:
    take = part(100, 10)
    both = join_takes([cut_take(take, 0.0, cut_s), cut_take(take, cut_s, 1.0)])
    np.testing.assert_allclose(both.times, take.times, atol=1e-6)
    np.testing.assert_array_equal([each.scores for each in seen(both)], [each.scores for each in seen(take)])


def test_where_takes_are_cut_or_joined_no_motion_is_known() -> None:
    still = np.zeros(6, np.float32)
    plain = part(100, 6)
    take = replace(plain, observations=tuple(replace(each, moved=still) for each in seen(plain)))
    both = join_takes([cut_take(take, 2 / 30, 5 / 30), take])
    assert [each.moved is None for each in seen(both)] == [True, False, False, True] + [False] * 5


def test_frames_without_a_face_stay_so() -> None:
    take = part(100, 4)
    gap = Take("gap", (*take.observations[:2], None, take.observations[3]), take.times, take.fps)
    assert [each is None for each in cut_take(gap, 1 / 30, 1.0).observations] == [False, True, False]


def test_joined_takes_go_on_where_the_one_before_ends_each_at_its_own_rate(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["takes", "join", "a.npz", "slow.npz", "b.npz", "--out", "all.npz"]) == 0
    steps = np.diff(load_take(folder / "all.npz").times)
    np.testing.assert_allclose(steps[:10], 1 / 30, atol=1e-6)
    np.testing.assert_allclose(steps[10:20], 1 / 15, atol=1e-6)
    np.testing.assert_allclose(steps[20:], 1 / 30, atol=1e-6)
    told = capsys.readouterr().err
    assert "15 to 30 frames a second" in told
    assert f"30 frames written to {folder / 'all.npz'}" in told


def test_joined_takes_keep_the_sizes_of_their_pictures(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arrays = dict(np.load("b.npz"))
    own = tuple(arrays["image_size"][0])
    arrays["image_size"] = 2 * arrays["image_size"]
    np.savez("large.npz", **arrays)
    assert run(["takes", "join", "a.npz", "large.npz", "--out", "all.npz"]) == 0
    sizes = [each.image_size for each in seen(load_take(folder / "all.npz"))]
    assert sizes == 10 * [own] + 10 * [(2 * own[0], 2 * own[1])]
    assert "pictures of" in capsys.readouterr().err


def test_cut_and_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["takes", "cut", "a.npz", "--from", "0.1", "--to", "0.2", "--out", "cut.npz"]) == 0
    assert run(["takes", "cut", "a.npz", "--from", "0.1", "--out", "rest.npz"]) == 0
    np.savez(folder / "other.npz", numbers=np.zeros(3))
    capsys.readouterr()
    assert run(["takes", "list", "."]) == 0
    shown, *lines = capsys.readouterr().out.splitlines()
    assert shown == str(folder)
    rows = {line.split()[0]: line.split()[1:] for line in lines}
    assert set(rows) == {"NAME", "a.npz", "b.npz", "slow.npz", "cut.npz", "rest.npz"}
    assert rows["cut.npz"] == ["0.1", "3", "30", "100%"]
    assert rows["slow.npz"] == ["0.7", "10", "15", "100%"]


def test_takes_of_one_frame_are_listed_cut_and_joined(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_take(part(100, 1), folder / "one.npz")
    assert run(["takes", "cut", "one.npz", "--out", "same.npz"]) == 0
    assert run(["takes", "join", "one.npz", "a.npz", "same.npz", "--out", "all.npz"]) == 0
    assert run(["takes", "list", "."]) == 0
    assert len(load_take(folder / "all.npz").observations) == 12
    assert "one.npz   0.0      1       -     100%" in capsys.readouterr().out


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that is refused, and return its one sentence."""
    assert run(["takes", *arguments]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    return sentence


def test_a_take_without_a_frame_is_refused_and_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_take(part(100, 0), folder / "none.npz")
    assert "none.npz is a take without a single frame" in refusal(
        capsys, "join", "a.npz", "none.npz", "--out", "x.npz"
    )
    assert run(["takes", "list", "."]) == 0
    assert "none.npz  0.0      0       -     -" in capsys.readouterr().out


def test_a_damaged_take_is_named_and_the_others_are_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (folder / "b.npz").read_bytes()
    (folder / "b.npz").write_bytes(content[: len(content) // 2])
    assert "b.npz is not a readable take" in refusal(capsys, "join", "a.npz", "b.npz", "--out", "x.npz")
    assert run(["takes", "list", "."]) == 0
    told = capsys.readouterr()
    assert "b.npz is not a readable take" in told.err
    assert "a.npz" in told.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cut", "a.npz", "--from", "2", "--to", "1", "--out", "x.npz"), "must lie before"),
        (("cut", "a.npz", "--from", "5", "--out", "x.npz"), "0.33 s long"),
        (("cut", "a.npz", "--out", "x.csv"), "ends in .npz"),
        (("cut", "a.npz", "--out", "a.npz"), "same file as the take"),
        (("join", "a.npz", "b.npz", "--out", "b.npz"), "same file as the take"),
        (("cut", "gone.npz", "--out", "x.npz"), "no take gone.npz"),
        (("cut", "a.npz", "--out", "nowhere/x.npz"), "nowhere"),
        (("list", "nowhere"), "no folder nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert words in refusal(capsys, *arguments)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.usefixtures("folder")
def test_more_frames_than_a_take_holds_are_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.offline.takes.cutting.MOST_FRAMES", 19)
    assert "at most 19" in refusal(capsys, "join", "a.npz", "b.npz", "--out", "x.npz")


def test_the_folder_is_the_users_videos_and_one_without_takes_says_how_to_record_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_videos_path", lambda: tmp_path)
    assert run(["takes", "list"]) == 0
    assert "--landmarks" in capsys.readouterr().err
