from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

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


def test_importing_it_loads_nothing_heavy() -> None:
    script = (
        "import sys, time; begun = time.perf_counter(); "
        "import flame_cam; took = time.perf_counter() - begun; "
        "print(took < 0.25, [name for name in ('mediapipe', 'OpenGL', 'glfw', 'cv2') if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "True []"


def test_type_checkers_see_the_names_that_scripts_get() -> None:
    tree = ast.parse(Path(flame_cam.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(imported) == flame_cam.__all__
    for name, module in imported.items():
        assert getattr(flame_cam, name) is getattr(import_module(str(module)), name)


def test_the_documented_exceptions_are_the_tree() -> None:
    documented = re.findall(r"[|`]- (\w+)", flame_cam.__doc__ or "")
    leaves = [name for name in flame_cam.__all__ if name.endswith("Error") and name != "FlameCamError"]
    assert sorted(documented) == leaves
    assert all(issubclass(getattr(flame_cam, name), flame_cam.FlameCamError) for name in leaves)


def test_scores_move_the_built_in_head() -> None:
    head = flame_cam.load_head("builtin")
    mapping = flame_cam.ScoreMapping.default().for_head(head)
    scores = np.zeros((2, 52), np.float32)
    scores[1, flame_cam.MEDIAPIPE_NAMES.index("jawOpen")] = 0.8
    expression, pose, eye_pose = mapping.convert(blendshape_scores=scores)
    assert expression.shape == (2, head.expression_count)
    assert pose.shape == eye_pose.shape == (2, 6)
    assert pose[1, 3] - pose[0, 3] > 0.05 or np.abs(expression[1] - expression[0]).max() > 0.1


def test_the_help_names_everything_public() -> None:
    listed = re.findall(r"\w+", flame_cam.__doc__ or "")
    assert [name for name in flame_cam.__all__ if name not in listed] == []


def test_paths_may_be_text(tmp_path: Path) -> None:
    root = Path(flame_cam.__file__).parent
    head = flame_cam.load_head("builtin")
    flame_cam.save_head(head, f"{tmp_path}/head.npz")
    assert flame_cam.load_head(tmp_path / "head.npz").name == head.name
    assert flame_cam.load_head(Path("builtin")).name == head.name
    take = flame_cam.load_take(f"{root}/assets/takes/demo.npz")
    flame_cam.save_take(take, f"{tmp_path}/take.npz")
    assert len(flame_cam.load_take(tmp_path / "take.npz").times) == len(take.times)
    animated = flame_cam.AnimatedHead.load("builtin", mapping=f"{root}/assets/mappings/builtin")
    assert animated.follow(take.observations[0], 0.0).expression.any()
    with flame_cam.open_source(root / "assets" / "takes" / "demo.npz") as source:
        assert source.frame_count == len(take.times)


def test_a_tracker_takes_its_bundle_as_text(bundle: Path) -> None:
    assert flame_cam.locate_bundle(str(bundle)) == bundle
    with flame_cam.FaceTracker(str(bundle)) as tracker:
        assert tracker.observe(flame_cam.Frame(0, 0.0, np.zeros((64, 64, 3), np.uint8))) is None


def test_an_unknown_solver_is_one_sentence() -> None:
    with pytest.raises(flame_cam.InputError, match="'nonsense'; name one of scores, landmarks, hybrid"):
        flame_cam.AnimatedHead.load(solver="nonsense")
