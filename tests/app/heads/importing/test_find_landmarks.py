"""Landmarks found on the built-in head, whose true places are known, with colours and without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.heads.importing.find_landmarks import find_landmarks
from flame_model.errors import InputError
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from mappings.mirror import mirrored_landmarks
from mappings.tracking.tracker import FaceTracker
from tests.synthetic_heads import mixed_flame_head

MEDIAN_M, MOST_M = 0.002, 0.006
"""Distance from the true places of half and of nine tenths of the landmarks."""


@pytest.fixture(scope="module")
def tracker(bundle):
    """Return a tracker."""
    with FaceTracker(bundle) as made:
        yield made


@pytest.fixture(scope="module")
def truth():
    """Return the true landmarks (478, 3)."""
    head = load_head("builtin")
    return rest_landmarks(head, true_landmarks(head))


@pytest.mark.parametrize("make", [lambda: load_head("builtin"), mixed_flame_head], ids=["painted", "plain"])
def test_landmarks_are_found_within_two_millimetres(tracker, truth, make):
    head = make()
    found = rest_landmarks(head, find_landmarks(head, tracker))
    distance = np.linalg.norm(found - truth, axis=1)
    assert np.median(distance) <= MEDIAN_M
    assert np.percentile(distance, 90) <= MOST_M
    assert distance[468:].max() <= MEDIAN_M
    np.testing.assert_allclose(found, found[mirrored_landmarks()] * (-1.0, 1.0, 1.0), atol=0.001)


def test_a_head_that_looks_away_is_refused(tracker):
    head = load_head("builtin")
    turned = replace(
        head, template=np.ascontiguousarray(head.template * np.array([-1, 1, -1], dtype=np.float32))
    )
    with pytest.raises(InputError, match=r"finds a face in \d of 11 pictures of the head 'builtin'"):
        find_landmarks(turned, tracker)


def test_irises_that_no_view_shows_are_put_where_eyes_have_them(tracker, truth):
    head = load_head("builtin")
    eyes = head.skin_weights[:, 3:].max(axis=1) > 0.5
    behind = head.template - 0.03 * eyes[:, None] * np.array([0, 0, 1], dtype=np.float32)
    outside_in = np.where(eyes[head.faces].all(axis=1)[:, None], head.faces[:, ::-1], head.faces)
    hidden = replace(head, template=behind, faces=np.ascontiguousarray(outside_in))
    irises = rest_landmarks(hidden, find_landmarks(hidden, tracker))[468:]
    assert np.linalg.norm((irises - truth[468:])[:, :2], axis=1).max() < 0.015
