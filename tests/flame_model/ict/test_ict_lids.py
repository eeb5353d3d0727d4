"""Lids of the archive's head: they shut whatever else the face does, and never cut into the eyeballs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.deform import PreparedHead, deform, prepare
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from flame_model.rigging.eyeball import find_eye
from tests.skin_cover import uncovered

WEAKEST, STRONGEST = -0.5, 1.5
"""Range of the components; a signal drives its component from 0 to 1."""
CLOSURES = (0.0, 0.5, 1.0)
INSIDE_M = 2e-4


@pytest.fixture(scope="module")
def prepared(head: Head) -> PreparedHead:
    """Return the archive's head, prepared for `deform`."""
    return prepare(head)


def _faces(head: Head, count: int) -> Iterator[HeadParams]:
    """Yield the extremes of each component that moves the left side, then `count` random expressions."""
    rest, random = rest_params(head.expression_count), np.random.default_rng(3)
    for name, component in zip(head.expression_names, np.eye(head.expression_count), strict=True):
        if not name.endswith("Right"):
            yield replace(rest, expression=WEAKEST * component)
            yield replace(rest, expression=STRONGEST * component)
    for _ in range(count):
        yield replace(rest, expression=random.uniform(WEAKEST, STRONGEST, head.expression_count))


def _around(head: Head, center: npt.NDArray[np.floating], parts: tuple[str, ...]) -> npt.NDArray[np.integer]:
    """Return the faces of parts within 3 cm of an eye's centre."""
    named = [index for index, material in enumerate(head.materials) if material.name in parts]
    faces = head.faces[np.isin(head.face_materials, named)]
    return faces[(np.linalg.norm(head.template[faces] - center, axis=2) < 0.03).all(axis=1)]


def test_no_skin_is_in_an_eyeball_at_any_closure(prepared: PreparedHead) -> None:
    head = prepared.head
    eye = find_eye(head, 0)
    skin = np.unique(_around(head, eye.center, ("skin",)))
    for face in _faces(head, 8):
        for closure in CLOSURES:
            posed = deform(prepared, replace(face, eyelids=np.full(2, closure)))[skin]
            assert np.linalg.norm(posed - eye.center, axis=1).min() > eye.radius - INSIDE_M


def test_shut_eyes_are_shut_whatever_the_face_does(prepared: PreparedHead) -> None:
    head = prepared.head
    eye = find_eye(head, 0)
    faces = _around(head, eye.center, ("skin", "lid margin"))
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-0.6, 0.6, 25), np.linspace(-0.5, 0.4, 19)))
    ball = eye.center + eye.radius * np.stack([x, y, np.sqrt(1.0 - x**2 - y**2)], axis=1)
    open_ = uncovered(head.template, faces, ball)
    assert open_ > 100
    for face in list(_faces(head, 8))[::4]:
        shut = deform(prepared, replace(face, eyelids=np.ones(2)))
        assert uncovered(shut, faces, ball) <= 0.05 * open_
