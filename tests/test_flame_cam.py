from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import flame_cam


def test_every_public_name_is_there() -> None:
    assert {name: hasattr(flame_cam, name) for name in flame_cam.__all__} == dict.fromkeys(
        flame_cam.__all__, True
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = flame_cam.nonsense


def test_importing_it_does_not_load_mediapipe() -> None:
    script = "import sys, flame_cam; print('mediapipe' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "False"


def test_scores_move_the_built_in_head() -> None:
    head = flame_cam.load_head("builtin")
    mapping = flame_cam.ScoreMapping.default().for_head(head)
    scores = np.zeros((2, 52), np.float32)
    scores[1, flame_cam.MEDIAPIPE_NAMES.index("jawOpen")] = 0.8
    expression, pose, eye_pose = mapping.convert(blendshape_scores=scores)
    assert expression.shape == (2, head.expression_count)
    assert pose.shape == eye_pose.shape == (2, 6)
    assert pose[1, 3] - pose[0, 3] > 0.05 or np.abs(expression[1] - expression[0]).max() > 0.1
