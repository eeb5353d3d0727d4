"""Bad input gets one sentence and the right exit code, and nothing is left behind."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.app.conftest import FlameCam, sentence

SOURCE_COMMANDS: list[Callable[[str], tuple[str, ...]]] = [
    lambda source: ("render", source, "out.mp4"),
    lambda source: ("track", source, "out.npz"),
    lambda source: ("--source", source),
]


@pytest.mark.parametrize("command", SOURCE_COMMANDS, ids=["render", "track", "live"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.mp4", b""), ("words.mp4", b"these are words, not pictures" * 40), ("words.npz", b"PK")],
)
def test_a_file_that_holds_no_pictures(
    flame_cam: FlameCam, tmp_path: Path, command: Callable[[str], tuple[str, ...]], name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    finished = flame_cam(*command(name))
    assert finished.returncode == 2
    assert name in sentence(finished)
    assert not list(tmp_path.glob("out.*"))


@pytest.mark.parametrize("command", SOURCE_COMMANDS, ids=["render", "track", "live"])
@pytest.mark.parametrize("source", ["gone.mp4", "97", "No Such Webcam"])
def test_a_source_that_is_not_there(
    flame_cam: FlameCam, command: Callable[[str], tuple[str, ...]], source: str
) -> None:
    finished = flame_cam(*command(source))
    assert finished.returncode == 2
    assert source in sentence(finished)


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "demo", "nowhere/out.mp4"),
        ("render", "demo", "out.avi"),
        ("track", "demo", "nowhere/out.npz"),
        ("track", "demo", "out.txt"),
        ("track", "demo", "out.csv", "--landmarks"),
        ("demo", "--record", "nowhere/out.mp4"),
        ("demo", "--stats", "nowhere/stats.json"),
        ("demo", "--out", __file__),
        ("render", "demo", "out.mp4", "--background", "mauve"),
        ("render", "demo", "out.mp4", "--background", "transparent"),
        ("render", "demo", "out.mp4", "--look", "sepia"),
        ("demo", "--look", "sepia"),
        ("render", "demo", "out.mp4", "--environment", "moon"),
        ("demo", "--environment", "moon"),
        ("render", "demo", "out.mp4", "--side-by-side"),
        ("render", "demo", "out.mp4", "--head", "nobody"),
        ("render", "demo", "out.mp4", "--mapping", "nowhere"),
        ("demo", "--background", "wall.png"),
        ("render", "demo", "out.mp4", "--background", "camera"),
    ],
    ids=" ".join,
)
def test_an_option_that_cannot_be_obeyed(
    flame_cam: FlameCam, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    finished = flame_cam(*arguments)
    assert finished.returncode == 2
    sentence(finished)
    assert not [path for path in tmp_path.iterdir() if path.name != "cache"]


def test_a_mapping_with_a_wrong_shape_is_named(flame_cam: FlameCam, tmp_path: Path) -> None:
    for name, shape in {"bs2exp": (51, 100), "bs2jaw": (52, 3), "bs2eye": (52, 6)}.items():
        np.save(tmp_path / f"{name}.npy", np.zeros(shape))
    finished = flame_cam("render", "demo", "out.mp4", "--mapping", tmp_path)
    assert finished.returncode == 2
    assert "(51, 100)" in sentence(finished)


def test_a_missing_bundle_offline_says_where_to_put_it(flame_cam: FlameCam, test_data: Path) -> None:
    clip = test_data / "clips" / "grin.mp4"
    # Nothing listens on the discard port of this machine, so the download fails at once.
    finished = flame_cam("track", clip, "out.npz", FLAME_CAM_LANDMARKER_URL="http://127.0.0.1:9/face.task")
    assert finished.returncode == 1
    assert "face_landmarker.task" in finished.stderr.splitlines()[-1]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a display")
def test_no_display_names_render(flame_cam: FlameCam) -> None:
    finished = flame_cam("demo")
    assert finished.returncode == 1
    assert "render" in sentence(finished)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Mesa's override is Linux's")
def test_too_old_an_opengl_is_named(flame_cam: FlameCam) -> None:
    finished = flame_cam(
        "render", "demo", "out.mp4", MESA_GL_VERSION_OVERRIDE="2.1", LIBGL_ALWAYS_SOFTWARE="1"
    )
    assert finished.returncode == 1
    assert "OpenGL 3.3" in sentence(finished)


def test_a_picture_without_a_face_leaves_the_head_at_rest(
    flame_cam: FlameCam, test_data: Path, bundle: Path
) -> None:
    picture = next((test_data / "photos").glob("no_face_*"))
    finished = flame_cam("track", picture, "out.npz", FLAME_CAM_LANDMARKER=str(bundle))
    assert finished.returncode == 0
    assert "without a face" in finished.stderr
