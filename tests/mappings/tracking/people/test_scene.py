"""A glance tells a cut from what moves, flickers or is covered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from flame_model.arrays import Picture
from mappings.tracking.people.scene import SAME_SCENE, glance, likeness

CUTS = {20, 82, 211}


def test_cuts_of_a_clip_are_new_scenes_and_what_moves_is_none(
    clip: Callable[[str, int], list[Picture]],
) -> None:
    glances = [glance(image) for image in clip("cuts_and_several_faces", 230)]
    cuts = {i for i, pair in enumerate(pairwise(glances), start=1) if likeness(*pair) < SAME_SCENE}
    assert cuts == CUTS


def test_a_second_of_somebody_talking_dimmed_or_covered_is_the_same_scene(
    clip: Callable[[str, int], list[Picture]],
) -> None:
    first, *_, last = clip("talking_wide", 30)
    covered = last.copy()
    covered[:, 256:] = 90
    for image in (last, last // 3, covered):
        assert likeness(glance(first), glance(image)) >= SAME_SCENE


def test_an_even_picture_resembles_every_other(clip: Callable[[str, int], list[Picture]]) -> None:
    even = np.full((90, 160, 3), 7, np.uint8)
    assert likeness(glance(clip("grin", 1)[0]), glance(even)) == 1.0
