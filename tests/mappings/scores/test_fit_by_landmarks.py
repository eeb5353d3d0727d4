"""The fitted mapping moves another head as the built-in head moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.face.landmarks import rest_landmarks, seat_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.params import rest_params
from mappings.scores.fit_by_landmarks import fit_mapping
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES
from tests.synthetic_heads import mixed_flame_head

SAME = 0.10
"""Share of a displacement by which the fitted head may differ from the built-in one."""
DEAD = ("_neutral",)


@pytest.fixture(scope="module")
def mixed(builtin):
    """Return the built-in head with mixed, nameless components, and the lids that every head gets."""
    return replace(
        mixed_flame_head(),
        landmarks=true_landmarks(builtin),
        eyelid_basis=builtin.eyelid_basis,
        eyelid_arc=builtin.eyelid_arc,
        eyelid_hold=builtin.eyelid_hold,
    )


@pytest.fixture(scope="module")
def arrays(mixed):
    """Return the fitted mapping of the mixed head."""
    return fit_mapping(mixed)


def displacements(head, coefficients):
    """Return the displacement (V, 3) for each set of coefficients."""
    prepared, rest = prepare(head), rest_params(head.expression_count)
    return [deform(prepared, replace(rest, **each)) - head.template for each in coefficients]


def fitted(arrays, row):
    """Return the coefficients of one signal at 1."""
    return {
        "expression": arrays["bs2exp"][row],
        "jaw": arrays["bs2jaw"][row],
        "eyes": arrays["bs2eye"][row].reshape(2, 3),
        "eyelids": np.clip(arrays["bs2eyelids"][row], 0.0, 1.0),
    }


def test_every_signal_moves_the_mixed_head_as_it_moves_the_built_in_one(builtin, mixed, arrays):
    default = ScoreMapping.default()
    slopes = replace(default, intercept=np.zeros_like(default.intercept))
    wanted = displacements(builtin, [slopes.coefficients(scores)._asdict() for scores in np.eye(52)])
    received = displacements(mixed, [fitted(arrays, row) for row in range(52)])
    for name, one, other in zip(MEDIAPIPE_NAMES, wanted, received, strict=True):
        if not name.startswith(("_", "cheek", "nose", "jawForward")):
            assert np.linalg.norm(other - one) < SAME * np.linalg.norm(one), name


def test_the_resting_face_is_the_built_in_ones_and_no_signal_carries_it(arrays):
    """If each signal carried the resting face, it would add up: upturned eyes halved the round trip."""
    default = ScoreMapping.default()
    gaze = slice(-8, -2)
    assert default.intercept[gaze].any()
    np.testing.assert_allclose(arrays["eye_intercept"], default.intercept[gaze], atol=1e-6)
    np.testing.assert_allclose(arrays["bs2eye"], default.matrix[:, gaze], atol=1e-6)


def test_dead_signals_have_rows_of_zeros(arrays):
    rows = [MEDIAPIPE_INDEX[name] for name in DEAD]
    assert not arrays["bs2exp"][rows].any()
    assert not arrays["bs2jaw"][rows].any()


def test_the_jaw_opens_by_its_joint(arrays):
    opening = arrays["bs2jaw"][MEDIAPIPE_INDEX["jawOpen"]]
    assert 0.2 < opening[0] < 0.4
    assert not opening[1:].any()


def test_a_smaller_head_gets_the_same_coefficients(mixed, arrays):
    small = replace(
        mixed,
        **{
            name: np.float32(0.5) * getattr(mixed, name)
            for name in ("template", "expression_basis", "pose_correctives", "eyelid_basis")
        },
    )
    smile = MEDIAPIPE_INDEX["mouthSmileLeft"]
    halved = fit_mapping(small)["bs2exp"][smile]
    assert np.linalg.norm(halved - arrays["bs2exp"][smile]) < 0.1 * np.linalg.norm(arrays["bs2exp"][smile])


def test_what_the_tracker_sees_wrong_on_both_heads_does_no_harm(builtin, mixed, arrays):
    raised = rest_landmarks(builtin, mixed.landmarks) + np.array([0.0, 0.0015, 0.0])
    seen = seat_landmarks(builtin, raised)
    likewise = fit_mapping(replace(mixed, landmarks=seen), seen)["bs2exp"]
    otherwise = fit_mapping(replace(mixed, landmarks=seen))["bs2exp"]

    def error(expression):
        return np.linalg.norm((expression - arrays["bs2exp"]) @ mixed.expression_basis.reshape(-1, 100).T)

    assert error(likewise) < 0.5 * error(otherwise)


def test_without_lids_expression_does_what_it_can(mixed):
    arrays = fit_mapping(replace(mixed, eyelid_basis=np.zeros_like(mixed.eyelid_basis)))
    assert not arrays["bs2eyelids"].any()
    assert not arrays["eyelids_intercept"].any()
    assert arrays["bs2exp"][MEDIAPIPE_INDEX["eyeBlinkLeft"]].any()


def test_a_head_without_landmarks_is_refused():
    with pytest.raises(InputError, match="'mixed' has no landmarks"):
        fit_mapping(mixed_flame_head())
