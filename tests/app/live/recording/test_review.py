"""A recording that has ended loops beside the head, and is saved, trimmed or made again."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.live.recording.copies import Copies
from app.live.recording.review import RecordingReview
from app.recording import open_writer
from app.recording.converting import convert
from app.recording.recorded_clip import RecordedClip
from render.ui.review import Review, ReviewAnswer

SIZE = (64, 48)
WAIT_S = 20.0


def record(path: Path, frames: int = 30) -> Path:
    """Write one second of pictures that become brighter."""
    with open_writer(path, SIZE, 30.0) as writer:
        for index in range(frames):
            writer.add(np.full((SIZE[1], SIZE[0], 4), (8 * index, 8 * index, 8 * index, 255), np.uint8))
    return path


class Reviewed:
    """A review, and what it asked of other parts."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.copied: list[str] = []
        self.agains = 0
        self.copies = Copies(self.said.append)
        self.review = RecordingReview(
            self.copies, again=self.again, copy_text=self.copied.append, say=self.said.append
        )

    def again(self) -> None:
        self.agains += 1

    def press(self, button: str) -> None:
        self.review.take(ReviewAnswer(button))

    def contents(self) -> Review:
        contents = self.review.contents()
        assert contents is not None
        return contents

    def wait(self, until: Callable[[], object]) -> None:
        deadline_s = time.monotonic() + WAIT_S
        while not until() and time.monotonic() < deadline_s:
            self.review.advance()
            time.sleep(0.01)
        assert until()


@pytest.fixture
def reviewed() -> Iterator[Reviewed]:
    opened = Reviewed()
    yield opened
    opened.review.release()
    opened.copies.close(opened.said.append)


@pytest.fixture
def path(tmp_path: Path, reviewed: Reviewed) -> Path:
    path = record(tmp_path / "talk.mp4")
    assert reviewed.review.show(path, "recorded 1.0 s")
    return path


@pytest.mark.usefixtures("path")
def test_it_loops_in_small_pictures(reviewed: Reviewed) -> None:
    levels: set[int] = set()

    def seen_twice() -> bool:
        shown = reviewed.contents().picture
        if shown is not None:
            assert shown.shape == (48, 64, 3)
            levels.add(int(shown.mean()))
        return len(levels) > 8

    reviewed.wait(seen_twice)
    assert reviewed.contents().text == "recorded 1.0 s"


def test_a_large_recording_is_shown_small(reviewed: Reviewed, tmp_path: Path) -> None:
    with open_writer(tmp_path / "wide.mp4", (640, 360), 30.0) as writer:
        writer.add(np.full((360, 640, 4), 128, np.uint8))
    reviewed.review.show(tmp_path / "wide.mp4", "")
    reviewed.wait(lambda: reviewed.contents().picture is not None)
    picture = reviewed.contents().picture
    assert picture is not None
    assert picture.shape == (169, 300, 3)
    assert reviewed.contents().aspect == pytest.approx(16 / 9)


def test_closing_it_leaves_the_file(reviewed: Reviewed, path: Path) -> None:
    assert reviewed.review.leave()
    assert reviewed.review.contents() is None
    assert not reviewed.review.leave()
    assert path.is_file()


@pytest.mark.usefixtures("path")
def test_again_closes_it_and_asks_for_another(reviewed: Reviewed) -> None:
    reviewed.press("again")
    assert (reviewed.agains, reviewed.review.contents()) == (1, None)


def test_its_path_is_copied_whole(reviewed: Reviewed, path: Path) -> None:
    reviewed.press("copy path")
    assert reviewed.copied == [str(path)]


def test_a_system_without_a_file_manager_is_told(
    reviewed: Reviewed, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr("app.live.recording.review.show_in_folder", asked.append)
    reviewed.press("open folder")
    assert asked == [path]
    assert str(path.parent) in reviewed.said[0]


def test_a_trimmed_part_is_a_new_file_and_the_original_stays(reviewed: Reviewed, path: Path) -> None:
    before = path.read_bytes()
    reviewed.press("trim")
    reviewed.wait(lambda: reviewed.contents().trim is not None)
    reviewed.review.take(ReviewAnswer(begin_s=0.2))
    reviewed.review.take(ReviewAnswer(end_s=0.6))
    trim = reviewed.contents().trim
    assert trim is not None
    assert (trim.begin_s, trim.end_s) == (0.2, 0.6)
    reviewed.press("save part")
    part = path.with_name("talk-part.mp4")
    reviewed.wait(lambda: part.name in reviewed.contents().text)
    levels = [float(picture[..., 0].mean()) for _, picture in RecordedClip(part).pictures()]
    assert len(levels) == 12
    np.testing.assert_allclose(levels, 8 * np.arange(6, 18), atol=4)
    assert path.read_bytes() == before


@pytest.mark.usefixtures("path")
def test_marks_stay_apart_and_can_be_given_up(reviewed: Reviewed) -> None:
    reviewed.press("trim")
    reviewed.wait(lambda: reviewed.contents().trim is not None)
    reviewed.review.take(ReviewAnswer(end_s=0.5))
    reviewed.review.take(ReviewAnswer(begin_s=0.9))
    trim = reviewed.contents().trim
    assert trim is not None
    assert trim.begin_s < trim.end_s
    assert reviewed.review.leave(), "Esc goes back to the whole"
    assert reviewed.contents().trim is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the dialog is part of the system")
@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("name", ["out.gif", "out.webp", "out.png"])
def test_it_is_saved_in_the_format_of_the_name(
    reviewed: Reviewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    dialog = tmp_path / "zenity"
    dialog.write_text(f"#!/bin/sh\necho '{tmp_path / name}'\n")
    dialog.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    reviewed.press("save as")
    reviewed.wait(lambda: any(str(tmp_path / name) in said for said in reviewed.said))
    with Image.open(tmp_path / name) as image:
        assert (image.size, image.n_frames) == (SIZE, 30)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the dialog is part of the system")
def test_without_a_dialog_a_gif_is_written_beside_it(
    reviewed: Reviewed, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    reviewed.press("save as")
    assert str(path.with_suffix(".gif")) in reviewed.said[0]
    reviewed.wait(lambda: len(reviewed.said) == 2)
    with Image.open(path.with_suffix(".gif")) as image:
        assert image.format == "GIF"


def test_a_copy_that_cannot_be_written_is_one_sentence(
    reviewed: Reviewed, path: Path, tmp_path: Path
) -> None:
    for out in (path, tmp_path / "nowhere" / "out.gif", tmp_path / "out.avi"):
        reviewed.copies.start(path, out)
        reviewed.wait(lambda: reviewed.said)
        (said,) = reviewed.said
        assert said.startswith("no copy was written: ")
        assert out.name in said
        reviewed.said.clear()


def test_a_recording_that_was_removed_is_told(reviewed: Reviewed, path: Path) -> None:
    path.unlink()
    reviewed.copies.start(path, path.with_suffix(".gif"))
    reviewed.wait(lambda: reviewed.said)
    assert "cannot be read back" in reviewed.said[0]
    assert not reviewed.review.show(path, "")


def test_what_is_being_written_is_finished_at_the_end(path: Path) -> None:
    said: list[str] = []
    copies = Copies(said.append)
    copies.start(path, path.with_suffix(".gif"))
    assert copies.advance().startswith("writing talk.gif")
    copies.close(said.append)
    assert "saved 0." in said[-1]
    assert str(path.with_suffix(".gif")) in said[-1]


@pytest.mark.parametrize("name", ["out.gif", "out.webp"])
def test_progress_rises_to_the_end(path: Path, name: str) -> None:
    shares: list[float] = []
    convert(RecordedClip(path), path.with_name(name), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] > 0.95
    assert len(shares) > 20
