"""Why no face is seen is told after a moment, as far as the picture tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.live.threads.animating import LiveFrame
from app.live.words.face_hint import WAIT_S, FaceHint
from flame_model.params import rest_params
from tests.app.calibrating.actor import face


def frame(time_s: float, brightness: int = 120) -> LiveFrame:
    """Return a frame without a face."""
    image = np.full((90, 120, 3), brightness, dtype=np.uint8)
    return LiveFrame(time_s=time_s, image=image, observation=None, tracker_ms=0.0, params=rest_params(4))


@pytest.mark.parametrize(("brightness", "told"), [(120, "camera"), (8, "light")])
def test_what_may_help_is_told_after_a_moment(brightness: int, told: str) -> None:
    hint = FaceHint()
    assert hint.of(frame(5.0, brightness)) is None
    assert hint.of(frame(5.0 + 0.9 * WAIT_S, brightness)) is None
    banner = hint.of(frame(5.0 + 1.1 * WAIT_S, brightness))
    assert banner.title == "No face"
    assert told in banner.detail


def test_a_face_in_between_begins_anew() -> None:
    hint = FaceHint()
    hint.of(frame(0.0))
    assert hint.of(replace(frame(0.9 * WAIT_S), observation=face())) is None
    assert hint.of(frame(1.1 * WAIT_S)) is None


def test_takes_and_lost_sources_tell_for_themselves() -> None:
    hint = FaceHint()
    for other in (replace(frame(0.0), image=None), replace(frame(0.0), lost="camera 0 is gone"), None):
        hint.of(other)
        late = None if other is None else replace(other, time_s=9.0)
        assert hint.of(late) is None
