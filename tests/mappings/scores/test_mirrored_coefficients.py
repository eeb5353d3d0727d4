"""Mirrored coefficients move a head to the mirror image of its shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.face.landmarks import at_places
from flame_model.head import Head
from mappings.mirror import mirrored_landmarks
from mappings.scores.mirrored_coefficients import coefficient_mirror


def test_named_components_change_places(builtin: Head) -> None:
    mirror = coefficient_mirror(builtin)
    names = builtin.expression_names
    one = np.zeros(len(mirror))
    one[names.index("mouthSmileLeft")] = 0.7
    assert (one @ mirror)[names.index("mouthSmileRight")] == 0.7
    np.testing.assert_array_equal(mirror @ mirror, np.eye(len(mirror)))


def test_turns_and_lids_change_sides(builtin: Head) -> None:
    mirror = coefficient_mirror(builtin)
    rest = np.zeros(builtin.expression_count)
    seen = np.concatenate([rest, [0.3, 0.1, 0.2], [0.5, 0.4, 0.3], [0.1, -0.2, 0.0], [1.0, 0.0]]) @ mirror
    assert seen[-11:-8].tolist() == [0.3, -0.1, -0.2]
    assert seen[-8:-2].tolist() == [0.1, 0.2, 0.0, 0.5, -0.4, -0.3]
    assert seen[-2:].tolist() == [0.0, 1.0]


def test_components_without_names_are_mirrored_by_how_they_move_the_face(builtin: Head) -> None:
    mixing = np.random.default_rng(0).normal(size=(builtin.expression_count, 60)) / 8
    mixed = replace(
        builtin, expression_names=(), expression_basis=(builtin.expression_basis @ mixing).astype(np.float32)
    )
    mirror = coefficient_mirror(mixed)
    coefficients = np.random.default_rng(1).normal(size=60)
    moved = at_places(mixed.landmarks, mixed.faces, mixed.expression_basis)
    straight, mirrored = moved @ coefficients, moved @ (coefficients @ mirror[:60, :60])
    gap = np.linalg.norm(straight[mirrored_landmarks()] * (-1, 1, 1) - mirrored, axis=1)
    assert gap.mean() < 0.02 * np.linalg.norm(straight, axis=1).mean()


def test_a_motion_that_only_one_side_has_gives_no_mirror(builtin: Head) -> None:
    smile = builtin.expression_names.index("mouthSmileLeft")
    one_sided = replace(
        builtin, expression_names=(), expression_basis=builtin.expression_basis[..., [smile]].copy()
    )
    assert coefficient_mirror(one_sided) is None
    assert coefficient_mirror(replace(one_sided, landmarks=None)) is None
    named = replace(one_sided, expression_names=("mouthSmileLeft",))
    assert coefficient_mirror(named) is None
