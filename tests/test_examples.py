"""Every example runs as a script on real input, and so does the one in the README."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.cli import run
from flame_model.find_heads import load_head
from flame_model.head import Head
from mappings.records.take import load_take

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
MOST_LINES = 25


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Path:
    """Return the first second of a clip: long enough to show movement, short enough for a fast test."""
    import av

    path = tmp_path_factory.mktemp("clip") / "grin.mp4"
    with av.open(str(test_data / "clips" / "grin.mp4")) as source, av.open(str(path), "w") as short:
        stream = short.add_stream("libx264", rate=source.streams.video[0].average_rate)
        stream.width, stream.height = source.streams.video[0].width, source.streams.video[0].height
        for _, frame in zip(range(24), source.decode(video=0), strict=False):
            short.mux(stream.encode(frame.reformat(format="yuv420p")))
        short.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def example(name: str, bundle: Path, *arguments: object) -> str:
    """Run an example and return what it printed."""
    command = [sys.executable, str(ROOT / "examples" / name), *map(str, arguments)]
    return script(command, bundle, ROOT)


def script(command: list[str], bundle: Path, folder: Path) -> str:
    import os

    environment = {**os.environ, "FLAME_CAM_LANDMARKER": str(bundle), "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def frames_in(path: Path) -> list[np.ndarray]:
    with Image.open(path) as picture:
        return [np.asarray(each.convert("RGB")) for each in _each(picture)]


def _each(picture: Image.Image):
    for index in range(getattr(picture, "n_frames", 1)):
        picture.seek(index)
        yield picture


def assert_shows_a_moving_head(path: Path, frames: int, side: int) -> None:
    pictures = frames_in(path)
    assert len(pictures) == frames
    assert pictures[0].shape == (side, side, 3)
    assert pictures[0].std() > 20
    assert np.abs(pictures[-1].astype(int) - pictures[0]).max() > 30


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fits_on_a_slide(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < MOST_LINES
    assert "import flame_cam" in text
    assert not re.search(r"^(from|import) (app|render|mappings|flame_model)", text, re.MULTILINE)


def test_a_clip_becomes_a_gif(clip: Path, bundle: Path, tmp_path: Path) -> None:
    example("animate_to_gif.py", bundle, clip, tmp_path / "out.gif")
    assert_shows_a_moving_head(tmp_path / "out.gif", 24, 360)


def test_scores_become_flame_coefficients(bundle: Path, tmp_path: Path, head: Head) -> None:
    folder = ROOT / "assets" / "mappings" / "builtin"
    take = ROOT / "assets" / "takes" / "demo.npz"
    example("scores_to_flame.py", bundle, take, folder, tmp_path / "out.npz")
    seen = [each for each in load_take(take).observations if each is not None]
    with np.load(tmp_path / "out.npz") as out:
        assert out["exp"].shape == (len(seen), head.expression_count)
        assert out["pose"].shape == out["eye_pose"].shape == (len(seen), 6)
        assert np.ptp(out["pose"][:, 3]) > 0.1


def test_vertices_of_every_frame(clip: Path, bundle: Path, tmp_path: Path, head: Head) -> None:
    example("vertices.py", bundle, clip, tmp_path / "out.npy")
    vertices = np.load(tmp_path / "out.npy")
    assert vertices.shape == (24, *head.template.shape)
    assert np.abs(vertices[-1] - vertices[0]).max() > 0.001


def test_the_head_pose_of_a_picture(bundle: Path, test_data: Path) -> None:
    said = example("head_pose.py", bundle, test_data / "photos" / "obama.jpg")
    yaw, pitch, roll, x, y, z = map(float, re.findall(r"-?\d+\.\d+", said))
    assert max(abs(yaw), abs(pitch), abs(roll)) < 30
    assert -2.0 < z < -0.1
    assert max(abs(x), abs(y)) < 1.0


def test_a_source_of_ones_own(bundle: Path, test_data: Path, tmp_path: Path) -> None:
    example("own_source.py", bundle, test_data / "photos" / "obama.jpg", tmp_path / "out.gif")
    assert_shows_a_moving_head(tmp_path / "out.gif", 12, 256)


def test_a_solver_of_ones_own(clip: Path, bundle: Path, tmp_path: Path, head: Head) -> None:
    example("own_solver.py", bundle, clip, tmp_path / "out.npy")
    own = np.load(tmp_path / "out.npy")
    assert own.shape == (24, head.expression_count)
    plain = tmp_path / "plain.npz"
    assert run(["track", str(clip), str(plain), "--solver", "scores", "--landmarker", str(bundle)]) == 0
    with np.load(plain) as table:
        assert own[-1].max() > 1.5 * table["expression"][-1].max()


def test_the_readme_runs_as_printed(clip: Path, bundle: Path, tmp_path: Path) -> None:
    printed = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(printed) == 1
    (tmp_path / "clip.mp4").write_bytes(clip.read_bytes())
    script([sys.executable, "-c", printed[0]], bundle, tmp_path)
    assert_shows_a_moving_head(tmp_path / "clip.gif", 24, 360)
