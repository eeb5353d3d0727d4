"""Lids of any head: they shut whatever else the face does, and never cut into the eyeballs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.deform import PreparedHead, deform, prepare
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from flame_model.rigging.blink_shapes import make_eyelids
from flame_model.rigging.eye_opening import find_opening
from flame_model.rigging.eyeball import find_eye
from tests.skin_cover import uncovered
from tests.synthetic_heads import mixed_flame_head

Vertices = npt.NDArray[np.floating]

CLOSURES = np.linspace(0.0, 1.0, 5)
UPPER, LOWER = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID), (t.LEFT_LOWER_LID, t.RIGHT_LOWER_LID)


def _with_eyelids(head: Head) -> Head:
    basis, arc, hold = make_eyelids(head)
    return replace(head, eyelid_basis=basis, eyelid_arc=arc, eyelid_hold=hold)


@pytest.fixture(scope="module", params=["builtin", "mixed"])
def prepared(request: pytest.FixtureRequest) -> PreparedHead:
    """Return the built-in head, or that head as from a FLAME file, with blink shapes made for it."""
    return prepare(load_head("builtin") if request.param == "builtin" else _with_eyelids(mixed_flame_head()))


@pytest.fixture(scope="module")
def skin() -> npt.NDArray[np.integer]:
    """Return the visible skin faces of both heads, without those between lid and eyeball."""
    head = load_head("builtin")
    return head.faces[head.face_materials == 0]


def _faces(prepared: PreparedHead, count: int) -> Iterator[HeadParams]:
    """Yield the extremes of every component, then `count` random expressions with a random gaze."""
    random, head = np.random.default_rng(7), prepared.head
    rest = rest_params(head.expression_count)
    least, most = (-0.5, 1.5) if head.expression_names else (-2.0, 2.0)
    for component in np.eye(head.expression_count):
        yield replace(rest, expression=least * component)
        yield replace(rest, expression=most * component)
    for _ in range(count):
        if head.expression_names:
            expression = random.uniform(least, most, head.expression_count)
        else:
            expression = random.normal(size=head.expression_count).clip(least, most)
        eyes = np.tile(random.uniform(-0.4, 0.4, 3), (2, 1))
        yield replace(rest, expression=expression, eyes=eyes)


def _showing(vertices: Vertices, faces: npt.NDArray[np.integer], center: Vertices) -> int:
    """Return how many of 825 points of an eyeball no skin covers, seen from the front."""
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-9, 9, 33) / 1e3, np.linspace(-7, 5, 25) / 1e3))
    points = center + np.stack([x, y, np.sqrt(EYE_RADIUS**2 - x**2 - y**2)], axis=1)
    near = np.abs(vertices[faces[:, 0]] - center).max(axis=1) < 0.03
    return uncovered(vertices, faces[near], points)


def test_shut_eyes_are_shut_whatever_the_face_does(
    prepared: PreparedHead, skin: npt.NDArray[np.integer]
) -> None:
    faces = list(_faces(prepared, 8))[-16:]
    for center in EYE_CENTERS:
        open_ = _showing(prepared.rest_vertices, skin, center)
        assert open_ > 300
        for face in faces:
            shut = deform(prepared, replace(face, eyelids=np.ones(2)))
            # 29 of 550 points where all shapes go to their extremes at once: smiles and sneers move lids too.
            assert _showing(shut, skin, center) <= 0.055 * open_


def test_no_skin_is_in_an_eyeball_at_any_closure(
    prepared: PreparedHead, skin: npt.NDArray[np.integer]
) -> None:
    vertices = np.unique(skin)
    for face in _faces(prepared, 25):
        for closure in CLOSURES:
            posed = deform(prepared, replace(face, eyelids=np.full(2, closure)))[vertices]
            for center in EYE_CENTERS:
                assert np.linalg.norm(posed - center, axis=1).min() > EYE_RADIUS - 2e-4


def test_lids_travel_around_the_eyeball(prepared: PreparedHead) -> None:
    rest = rest_params(prepared.head.expression_count)
    for rows, center in zip(zip(UPPER, LOWER, strict=True), EYE_CENTERS, strict=True):
        lids = [*rows[0][1:-1], *rows[1][1:-1]]
        for closure in CLOSURES:
            posed = deform(prepared, replace(rest, eyelids=np.full(2, closure)))[lids]
            before = np.linalg.norm(prepared.rest_vertices[lids] - center, axis=1)
            np.testing.assert_allclose(np.linalg.norm(posed - center, axis=1), before, atol=2e-4)


def test_one_eye_shuts_alone_and_eyeballs_stay(prepared: PreparedHead) -> None:
    head = prepared.head
    assert head.eyelid_arc is not None
    assert head.eyelid_hold is not None
    for side, center in enumerate(EYE_CENTERS):
        far = np.linalg.norm(head.template - center, axis=1) > 0.035
        ball = head.skin_weights[:, 3:].max(axis=1) > 0.5
        still = far | ball
        for field in (head.eyelid_basis, head.eyelid_arc):
            assert not field[still, :, side].any()
        assert not head.eyelid_hold[still, side].any()
        assert head.eyelid_hold.min() >= 0.0
        assert head.eyelid_hold.max() <= 1.0


def test_the_opening_is_where_the_lids_are() -> None:
    head = load_head("builtin")
    landmarks = rest_landmarks(head, true_landmarks(head))
    for side in range(2):
        opening = find_opening(head, side)
        for rows, edge in ((UPPER, opening.upper), (LOWER, opening.lower)):
            places = opening.polar(landmarks[list(rows[side][1:-1])])
            found = np.interp(places.across, opening.across, edge)
            np.testing.assert_allclose(np.degrees(found), np.degrees(places.up), atol=1.0)
        eye = find_eye(head, side)
        np.testing.assert_allclose(eye.center, EYE_CENTERS[side], atol=1e-5)
        assert eye.radius == pytest.approx(EYE_RADIUS, abs=1e-5)


def test_lids_grow_with_the_head() -> None:
    head = mixed_flame_head()
    small = replace(head, template=0.1 * head.template)
    basis, arc, hold = make_eyelids(head)
    small_basis, small_arc, small_hold = make_eyelids(small)
    np.testing.assert_allclose(small_basis, 0.1 * basis, atol=2e-6)
    np.testing.assert_allclose(small_arc, 0.1 * arc, atol=2e-6)
    np.testing.assert_allclose(small_hold, hold, atol=1e-3)


def test_a_head_without_eyes_or_with_shut_ones_is_refused() -> None:
    head = load_head("builtin")
    blind = replace(head, skin_weights=head.skin_weights * [1.0, 1.0, 1.0, 0.0, 0.0])
    with pytest.raises(InputError, match="no left eyeball"):
        make_eyelids(blind)
    shut = deform(prepare(head), replace(rest_params(head.expression_count), eyelids=np.ones(2)))
    with pytest.raises(InputError, match="no open lids around its left eye"):
        make_eyelids(replace(head, template=shut.astype(np.float32)))
