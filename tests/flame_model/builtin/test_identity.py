"""The built-in head's identity: named components that do what they are called, shut lips, seated lids."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.builtin.identity import TRAITS
from flame_model.builtin.skin.lids import lid_rim
from flame_model.deform import prepare
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_RADIUS
from flame_model.find_heads import load_head
from flame_model.head import Head

Vertices = npt.NDArray[np.floating]


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def _person(head: Head, name: str, sigmas: float) -> npt.NDArray[np.float64]:
    return sigmas * np.eye(head.identity_count)[head.identity_names.index(name)]


def _trait(vertices: Vertices, name: str) -> float:
    return float(sum(sign * vertices[landmark, axis] for landmark, axis, sign in TRAITS[name]))


def test_every_component_has_a_name_of_its_own(head: Head) -> None:
    assert head.identity_count >= 10
    assert len(set(head.identity_names)) == head.identity_count


@pytest.mark.parametrize("name", TRAITS)
def test_a_component_changes_its_own_trait_more_than_any_other_does(head: Head, name: str) -> None:
    rest = prepare(head).rest_vertices
    change = {
        other: _trait(prepare(head, _person(head, other, 1.0)).rest_vertices, name) - _trait(rest, name)
        for other in head.identity_names
    }
    assert max(change, key=lambda other: abs(change[other])) == name
    assert change[name] > 2e-4


def test_the_components_are_uncorrelated_ways_to_differ(head: Head) -> None:
    face = head.identity_basis[: t.FACE_POINT_COUNT].reshape(-1, head.identity_count).astype(np.float64)
    assert np.linalg.cond(face) < 30.0


@pytest.mark.parametrize("sigmas", [-2.0, 2.0])
@pytest.mark.parametrize("name", TRAITS)
def test_lips_stay_shut_and_lids_on_the_eyeballs(head: Head, name: str, sigmas: float) -> None:
    prepared = prepare(head, _person(head, name, sigmas))
    vertices = prepared.rest_vertices
    upper, lower = np.array(t.UPPER_INNER_LIP[1:-1]), np.array(t.LOWER_INNER_LIP[1:-1])
    assert (vertices[upper, 1] - vertices[lower, 1]).max() < 1e-4
    for side in range(2):
        distance = np.linalg.norm(vertices[lid_rim(side)] - prepared.joints[3 + side], axis=1)
        assert distance.min() > EYE_RADIUS
        assert np.delete(distance, 8).max() < EYE_RADIUS + 0.003
