"""`flame-cam render`, from a command to a file."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import av
import numpy as np
import pytest
from PIL import Image

from app.cli import run
from flame_model.errors import GraphicsError
from tests.app.conftest import FlameCam, program, program_environment, sentence

SMALL = ("--size", "96x80")


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_the_demo_needs_neither_camera_nor_download(flame_cam: FlameCam, tmp_path: Path) -> None:
    finished = flame_cam("render", "demo", "out.mp4", "--frames", "12", *SMALL)
    assert finished.returncode == 0, finished.stderr
    assert "12 frames" in finished.stderr
    frames = decoded(tmp_path / "out.mp4")
    assert len(frames) == 12
    assert frames[0].shape == (80, 96, 3)
    assert frames[0][30:50, 40:56].mean() > 2 * frames[0][:8, :8].mean(), (
        "the head is lit, the corner is dark"
    )


def test_the_same_command_gives_the_same_file(flame_cam: FlameCam, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert flame_cam("render", "demo", name, "--frames", "3", *SMALL).returncode == 0
    pairs = [(tmp_path / name / "frame_000002.png").read_bytes() for name in ("one", "two")]
    assert pairs[0] == pairs[1]


def test_strengths_change_what_is_drawn(flame_cam: FlameCam, tmp_path: Path) -> None:
    for name, strengths in (("one", ("mouth=1", "head=1")), ("none", ("mouth=0", "head=0"))):
        options = [word for each in strengths for word in ("--strength", each)]
        finished = flame_cam("render", "demo", name, "--frames", "1", *SMALL, *options)
        assert finished.returncode == 0, finished.stderr
    pictures = [
        np.asarray(Image.open(tmp_path / name / "frame_000000.png"), float) for name in ("one", "none")
    ]
    assert np.abs(pictures[0] - pictures[1]).max() > 50


def test_an_animated_png_is_transparent_around_the_head(flame_cam: FlameCam, tmp_path: Path) -> None:
    assert flame_cam("render", "demo", "out.png", "--frames", "3", *SMALL).returncode == 0
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.n_frames == 3
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    assert alpha[0, 0] == 0
    assert alpha[40, 48] == 255


def test_fps_resamples_and_keeps_the_duration(flame_cam: FlameCam, tmp_path: Path) -> None:
    assert flame_cam("render", "demo", "whole", *SMALL, "--frames", "30").returncode == 0
    finished = flame_cam("render", "demo", "half.mp4", *SMALL, "--fps", "15", "--frames", "15")
    assert finished.returncode == 0
    with av.open(str(tmp_path / "half.mp4")) as container:
        assert container.streams.video[0].average_rate == 15


def test_a_clip_keeps_every_frame_and_shows_the_person_beside(
    flame_cam: FlameCam, tmp_path: Path, test_data: Path, bundle: Path
) -> None:
    clip = test_data / "clips" / "grin.mp4"
    finished = flame_cam(
        "render", clip, "out.mp4", "--side-by-side", "--landmarker", bundle, "--size", "128x128"
    )
    assert finished.returncode == 0, finished.stderr
    source, frames = decoded(clip), decoded(tmp_path / "out.mp4")
    assert len(frames) == len(source)
    assert frames[0].shape == (128, 256, 3)
    person = np.asarray(Image.fromarray(source[40]).resize((128, 128), Image.Resampling.BOX), dtype=float)
    assert np.abs(frames[40][:, :128] - person).mean() < 12


@pytest.mark.parametrize(
    ("options", "alpha"),
    [([], 0.0), (["--side-by-side"], 1.0), (["--side-by-side", "--background", "transparent"], 0.0)],
)
def test_beside_a_person_the_head_has_a_ground_unless_none_was_asked_for(
    options: list[str], alpha: float, tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(bundle))
    opaque: list[bool] = []

    def writer(_out: object, _size: object, _fps: float, *, alpha: bool, **_: object) -> NoReturn:
        opaque.append(not alpha)
        raise GraphicsError("That was all.")

    monkeypatch.setattr("app.offline.render.open_writer", writer)
    Image.new("RGB", (64, 64)).save(tmp_path / "photo.png")
    assert run(["render", str(tmp_path / "photo.png"), str(tmp_path / "out.png"), *options]) == 1
    assert opaque == [alpha == 1.0]


def test_a_picture_or_a_clip_lies_behind_the_head(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), (200, 30, 40)).save(tmp_path / "wall.png")
    options = ["--frames", "2", "--size", "64x64"]
    for out, wall in (("one.png", "wall.png"), ("two.png", "one.png")):
        assert (
            run(["render", "demo", str(tmp_path / out), "--background", str(tmp_path / wall), *options]) == 0
        )
    one, two = (np.asarray(Image.open(tmp_path / name).convert("RGB")) for name in ("one.png", "two.png"))
    np.testing.assert_allclose(one[3, 60], (200, 30, 40), atol=2)
    np.testing.assert_allclose(two[3, 60], (200, 30, 40), atol=3)


def test_the_background_is_never_overwritten(tmp_path: Path) -> None:
    wall = tmp_path / "wall.png"
    Image.new("RGB", (64, 64), (200, 30, 40)).save(wall)
    before = wall.read_bytes()
    assert run(["render", "demo", str(wall), "--background", str(wall), "--frames", "1"]) == 2
    assert wall.read_bytes() == before


def test_the_persons_own_picture_is_blurred_behind_the_head(
    tmp_path: Path, test_data: Path, bundle: Path
) -> None:
    clip = str(test_data / "clips" / "grin.mp4")
    options = ["--frames", "1", "--size", "96x96", "--landmarker", str(bundle), "--background", "camera"]
    assert run(["render", clip, str(tmp_path / "out.png"), *options]) == 0
    corner = np.asarray(Image.open(tmp_path / "out.png").convert("RGB"))[:24, :24].astype(float)
    person = decoded(Path(clip))[0][:128, :128].mean(axis=(0, 1))
    assert np.corrcoef(corner.mean(axis=(0, 1)), person)[0, 1] > 0.5 or np.ptp(person) < 10
    assert corner.std(axis=(0, 1)).max() < 30


def test_the_look_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "clay.png"
    options = ["--frames", "1", "--size", "96x96", "--look", "clay", "--background", "black"]
    assert run(["render", "demo", str(out), *options]) == 0
    face = np.asarray(Image.open(out).convert("RGB")).astype(int)[30:70, 30:66]
    assert (face.max(axis=2) - face.min(axis=2)).max() < 60


def test_the_framing_decides_how_much_of_the_head_is_drawn(tmp_path: Path) -> None:
    drawn = {}
    for framing in ("face", "bust"):
        out = tmp_path / f"{framing}.png"
        options = ["--framing", framing, "--frames", "1", "--size", "64x64"]
        assert run(["render", "demo", str(out), *options]) == 0
        drawn[framing] = np.asarray(Image.open(out))[..., 3] > 0
    middle, lowest = 32, -2
    assert drawn["bust"][lowest].sum() > drawn["face"][lowest].sum()
    assert drawn["bust"][middle].sum() < drawn["face"][middle].sum()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole consoles only")
@pytest.mark.parametrize(("name", "number"), [("out.mp4", "SIGINT"), ("out.gif", "SIGHUP")])
def test_an_interrupted_render_leaves_a_playable_file(tmp_path: Path, name: str, number: str) -> None:
    out = tmp_path / name
    process = subprocess.Popen(
        program("render", "demo", out, "--size", "512x512"),
        env=program_environment(tmp_path, {}),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline_s = time.monotonic() + 60
    while not (out.exists() and out.stat().st_size > 20_000):
        assert process.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    process.send_signal(getattr(signal, number))
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    told = re.search(rf"Interrupted\. .*{name} holds the first (\d+) frames\.", error)
    assert told, error
    assert "Traceback" not in error
    assert len(decoded(out)) == int(told[1]) > 5
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == [name]


def rendered_within(folder: Path, most_bytes: int) -> subprocess.CompletedProcess[str]:
    """Render two seconds of the demo to out.mp4 where no file may grow beyond `most_bytes`."""
    import resource

    return subprocess.run(
        program("render", "demo", "out.mp4", "--size", "256x256", "--frames", "60"),
        cwd=folder,
        env=program_environment(folder, {}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
def test_a_full_disk_is_said_and_what_was_written_plays(tmp_path: Path) -> None:
    """The file is brought to disk every half second; 60 % of its size hold at least the first of four."""
    out = tmp_path / "out.mp4"
    whole = rendered_within(tmp_path, 100_000_000)
    assert whole.returncode == 0, whole.stderr
    size = out.stat().st_size
    out.unlink()
    cut = rendered_within(tmp_path, size * 6 // 10)
    assert cut.returncode == 2
    told = re.search(
        r"out\.mp4 cannot be written any further .* holds the first (\d+) frames\.", sentence(cut)
    )
    assert told, cut.stderr
    assert 10 <= int(told[1]) < 60
    assert len(decoded(out)) == int(told[1])


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
def test_a_disk_too_full_for_a_frame_is_said(tmp_path: Path) -> None:
    finished = rendered_within(tmp_path, 1000)
    assert finished.returncode == 2
    assert "out.mp4 cannot be written any further" in sentence(finished)
    assert not (tmp_path / "out.mp4").exists()


def test_a_gif_fits_and_other_formats_have_no_such_limit(flame_cam: FlameCam, tmp_path: Path) -> None:
    finished = flame_cam(
        "render", "demo", "out.gif", "--frames", "40", "--size", "192x160", "--gif-mb", "0.04"
    )
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "out.gif").stat().st_size <= 40_000
    assert "to fit into 0.04 MB" in finished.stderr
    refused = flame_cam("render", "demo", "out.mp4", *SMALL, "--gif-mb", "8")
    assert "out.mp4 is none" in sentence(refused)
