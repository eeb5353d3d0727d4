from __future__ import annotations

from pathlib import Path

import pytest

from app.live.settings import LiveSettings


@pytest.mark.parametrize(
    ("loop", "record", "loops"),
    [
        (None, None, True),
        (None, Path("run.mp4"), False),
        (True, Path("run.mp4"), True),
        (False, None, False),
    ],
)
def test_a_clip_begins_again_unless_the_run_is_recorded_or_the_user_says(
    loop: bool | None, record: Path | None, loops: bool
) -> None:
    assert LiveSettings(loop=loop, record=record).loops is loops
