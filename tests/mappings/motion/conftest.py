"""A driver, its mapping, and a face for it to follow."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle
from mappings.motion.driver import Driver
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver
from tests.mappings.motion.driven import BLINKS, JOINTS


@pytest.fixture
def mapping():
    """Return a mapping with four components whose lids follow the blinks and whose intercept is not zero."""
    rng = np.random.default_rng(2)
    layout = Layout(4)
    matrix = rng.normal(size=(52, layout.width)) * 0.1
    matrix[:, layout.eyelids] = 0
    matrix[BLINKS, layout.eyelids] = np.eye(2)
    return ScoreMapping("clay", matrix, np.append(np.full(13, 0.2), [0, 0]))


@pytest.fixture
def driver(mapping):
    """Return a driver without a placement."""
    return Driver(ScoreSolver(mapping), JOINTS)


@pytest.fixture
def turned(make_observation):
    """Return an observation with open eyes, the head turned, tilted and away from the first place."""
    transform = np.eye(4)
    transform[:3, :3] = matrix_from_axis_angle([0.2, 0.5, -0.1])
    transform[:3, 3] = (0.1, 0.05, -0.6)
    observation = make_observation(4, T_camera_face=transform)
    observation.scores[BLINKS] = 0.15
    return observation
