"""Fitting an identity to pictures whose person is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.face.landmarks import at_places
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.mirror import mirrored_landmarks
from mappings.person.identity_evidence import EvidenceModel
from mappings.person.identity_fit import (
    COEFFICIENT_LIMITS,
    FaceShape,
    fit_identity,
    projection_error,
    symmetric,
)
from mappings.person.pose_fit import fit_pose
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX

PIXELS = 3000.0
"""Pixels of the picture per metre of the face."""
PERSON = np.array([1.0, -1.5, 0.5, 1.0, -1.0, 0.5, 1.0, -0.5, 0.5, 1.0])
SMILE = {"mouthSmileLeft": 0.7, "mouthSmileRight": 0.7, "jawOpen": 0.3}


@pytest.fixture(scope="module")
def shape(builtin, places):
    return FaceShape.of(builtin, places)


@pytest.fixture(scope="module")
def model(builtin, places):
    return EvidenceModel(builtin, places, ScoreMapping.default())


@pytest.fixture(scope="module")
def seen(builtin, places):
    """Return a function that makes an exact observation of a person (I,) in a pose and an expression.

    The face shows the `strength` of the expression that the scores state.
    """
    mapping = ScoreMapping.default()

    def make(person, turn=(0.0, 0.0, 0.0), scores=None, strength=1.0) -> FaceObservation:
        stated = np.zeros(52, dtype=np.float32)
        for name, score in (scores or {}).items():
            stated[MEDIAPIPE_INDEX[name]] = score
        driven = mapping.coefficients(strength * stated)
        params = driven.params()
        face = at_places(places, builtin.faces, deform(prepare(builtin, person), params))
        turned = face @ matrix_from_axis_angle(np.array(turn)).T
        return FaceObservation(
            time_s=0.0,
            scores=stated,
            landmarks=(PIXELS * turned * (1.0, -1.0, -1.0) + (320.0, 240.0, 0.0)).astype(np.float32),
            T_camera_face=np.eye(4, dtype=np.float32),
            image_size=(640, 480),
        )

    return make


def face_of(shape, fit):
    return shape.rest + shape.basis @ fit.coefficients + fit.residual


def misfit(shape, fit, person):
    """Return the median distance of the fitted face from the person's, metres, pose and size taken away."""
    wanted = shape.rest + shape.basis @ person
    placed = fit_pose(face_of(shape, fit), wanted).points(face_of(shape, fit))
    return np.median(np.linalg.norm(placed - wanted, axis=1))


def test_a_person_is_found_again_from_one_turned_smiling_picture(shape, model, seen):
    evidence = model.evidence(seen(PERSON, turn=(0.1, 0.35, -0.2), scores=SMILE))
    fit = fit_identity(shape, [evidence])
    nobody = fit._replace(coefficients=0.0 * fit.coefficients, residual=0.0 * fit.residual)
    assert misfit(shape, fit, PERSON) < 5e-4 < 0.4 * misfit(shape, nobody, PERSON)
    assert np.corrcoef(fit.coefficients, PERSON)[0, 1] > 0.8
    errors = projection_error(face_of(shape, fit) + fit.displacements[0], evidence.points)
    assert np.median(errors) < 0.005


def test_several_pictures_determine_depth_better_than_one(shape, model, seen):
    turns = [(0.0, 0.5, 0.0), (0.0, -0.5, 0.0), (0.3, 0.0, 0.0), (-0.3, 0.0, 0.0)]
    flat = [
        replace(each, landmarks=each.landmarks * (1, 1, 0.7)) for each in (seen(PERSON, t) for t in turns)
    ]
    one = fit_identity(shape, [model.evidence(flat[0])])
    many = fit_identity(shape, [model.evidence(each) for each in flat])
    assert misfit(shape, many, PERSON) < 0.8 * misfit(shape, one, PERSON)


def test_an_exaggerated_expression_leaves_the_person_as_they_are(shape, model, seen):
    pressed = {"mouthRollLower": 0.9, "mouthRollUpper": 0.8, "mouthPressLeft": 0.6, "mouthPressRight": 0.6}
    evidence = model.evidence(seen(PERSON, scores=pressed, strength=0.3))
    fit = fit_identity(shape, [evidence])
    trusting = fit_identity(shape, [evidence._replace(signals=evidence.signals[..., :0])])
    assert misfit(shape, fit, PERSON) < 0.7 * misfit(shape, trusting, PERSON)


def test_coefficients_stay_within_their_limits(shape, model, seen):
    fit = fit_identity(shape, [model.evidence(seen(8.0 * PERSON))])
    assert COEFFICIENT_LIMITS[0] - 1e-6 <= fit.coefficients.min()
    assert fit.coefficients.max() <= COEFFICIENT_LIMITS[1] + 1e-6
    assert np.abs(fit.coefficients).max() > 2.4


def test_a_head_without_identities_is_fitted_by_the_residual(shape, model, seen):
    bare = replace(shape, basis=shape.basis[..., :0])
    fit = fit_identity(bare, [model.evidence(seen(PERSON))])
    assert fit.coefficients.shape == (0,)
    assert misfit(bare, fit, np.zeros(0)) > 5e-4
    assert misfit(shape, fit._replace(coefficients=np.zeros(10)), PERSON) < 7e-4


def test_a_symmetric_face_is_its_own_mirror_image(shape, model, seen):
    crooked = seen(PERSON)
    crooked.landmarks[:, 1] += (
        0.05 * (crooked.landmarks[:, 0] - 320.0) ** 2 / 100.0 * (crooked.landmarks[:, 0] > 320.0)
    )
    fit = symmetric(shape, fit_identity(shape, [model.evidence(crooked)]))
    moved = face_of(shape, fit) - shape.rest
    np.testing.assert_allclose(moved[mirrored_landmarks()[:468]] * (-1, 1, 1), moved, atol=1e-9)


def test_the_error_is_measured_in_eye_distances(shape):
    pixels = PIXELS * shape.rest
    assert np.median(projection_error(shape.rest, pixels)) < 1e-6
    moved = pixels.copy()
    moved[152, 1] -= 50.0
    corners = pixels[[33, 133, 263, 362], :2]
    distance = np.linalg.norm(corners[:2].mean(axis=0) - corners[2:].mean(axis=0))
    assert projection_error(shape.rest, moved)[152] == pytest.approx(50.0 / distance, rel=0.05)
