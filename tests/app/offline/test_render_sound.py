"""`render` copies a clip's own sound."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from app.offline.render import render
from tests.app.recording.sound.test_sound_in_files import CLICKS_S, SYNC_S, heard_s, write_clicks


def test_the_sound_of_a_clip_is_heard_in_the_rendered_one(tmp_path: Path, bundle: Path) -> None:
    clip = write_clicks(tmp_path / "clicks.mp4")
    report = render(clip, tmp_path / "out.mp4", size=(64, 64), landmarker=bundle, fps=12.0, side_by_side=True)
    assert report.lost == report.frames
    np.testing.assert_allclose(heard_s(tmp_path / "out.mp4"), CLICKS_S, atol=SYNC_S)


def test_frames_end_the_sound_too(tmp_path: Path, bundle: Path) -> None:
    clip = write_clicks(tmp_path / "clicks.mp4")
    render(clip, tmp_path / "out.mp4", size=(64, 64), landmarker=bundle, frames=20)
    with av.open(str(tmp_path / "out.mp4")) as container:
        stream = container.streams.audio[0]
        assert float(stream.duration * stream.time_base) == pytest.approx(0.8, abs=0.05)
