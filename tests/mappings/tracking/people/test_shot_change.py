"""Thumbnails distinguish a cut from motion, flicker and covers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from flame_model.arrays import Picture
from mappings.tracking.people.shot_change import SAME_SHOT, correlation, thumbnail

CUTS = {20, 82, 211}


def test_cuts_of_a_clip_are_new_shots_and_motion_is_none(
    clip: Callable[[str, int], list[Picture]],
) -> None:
    thumbnails = [thumbnail(image) for image in clip("cuts_and_several_faces", 230)]
    cuts = {i for i, pair in enumerate(pairwise(thumbnails), start=1) if correlation(*pair) < SAME_SHOT}
    assert cuts == CUTS


def test_a_second_of_somebody_talking_dimmed_or_covered_is_the_same_shot(
    clip: Callable[[str, int], list[Picture]],
) -> None:
    first, *_, last = clip("talking_wide", 30)
    covered = last.copy()
    covered[:, 256:] = 90
    for image in (last, last // 3, covered):
        assert correlation(thumbnail(first), thumbnail(image)) >= SAME_SHOT


def test_an_even_picture_resembles_every_other(clip: Callable[[str, int], list[Picture]]) -> None:
    even = np.full((90, 160, 3), 7, np.uint8)
    assert correlation(thumbnail(clip("grin", 1)[0]), thumbnail(even)) == 1.0
