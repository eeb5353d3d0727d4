"""The panel in the window, as a person uses it: by mouse and keys; what it sets is there in the next run."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import av
import numpy as np
import pytest

from tests.app.conftest import FlameCam
from tests.app.live.running import Running

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
WIDTH, HEIGHT = 720, 600
PANEL = 300
"""Width of the panel."""
GRAB = """
import sys
import av
display, size = sys.argv[1:]
options = {"video_size": size, "draw_mouse": "0"}
with av.open(display, format="x11grab", options=options) as screen:
    sys.stdout.buffer.write(next(screen.decode(video=0)).to_ndarray(format="rgb24").tobytes())
"""
"""Writes the pixels of a display; in a process that has used OpenGL the X libraries would crash."""
GREY = 40
"""Clay is less colourful than this, and skin more."""
LINE = 25
"""Height of a folded section, and of a widget."""


class PanelRun(Running):
    """A run in a window of its own size with one unfolded section."""

    def __init__(self, folder: Path, display: str, section: str) -> None:
        settings = folder / "config" / "flame-cam" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'unfolded = ["{section}"]\n')
        self.settings = settings
        super().__init__(folder, display, "--size", f"{WIDTH}x{HEIGHT}")

    def pixels(self) -> np.ndarray:
        """Return what the screen shows of the window (H, W, 3)."""
        command = [sys.executable, "-c", GRAB, self.display, f"{WIDTH}x{HEIGHT}"]
        grabbed = subprocess.run(command, capture_output=True, check=True).stdout
        return np.frombuffer(grabbed, np.uint8).reshape(HEIGHT, WIDTH, 3).astype(int)

    def wait_for(self, shown: Callable[[np.ndarray], bool]) -> np.ndarray:
        """Wait until the window shows something, and return what."""
        deadline_s = time.monotonic() + 60
        while time.monotonic() < deadline_s:
            pixels = self.pixels()
            if shown(pixels):
                return pixels
            time.sleep(0.1)
        raise AssertionError("the window does not show it")

    def click(self, x: int, y: int) -> None:
        self.drag((x, y), (x, y))

    def wait_until_kept(self, name: str, value: object) -> None:
        deadline_s = time.monotonic() + 60
        while time.monotonic() < deadline_s:
            if tomllib.loads(self.settings.read_text()).get(name) == value:
                return
            time.sleep(0.1)
        raise AssertionError(self.settings.read_text())


@pytest.fixture
def start(tmp_path: Path, display: str) -> Iterator[Callable[[str], PanelRun]]:
    """Return a function that starts a run in which one section of the panel is unfolded."""
    runs: list[PanelRun] = []

    def started(section: str) -> PanelRun:
        runs.append(PanelRun(tmp_path, display, section))
        return runs[-1]

    yield started
    for run in runs:
        run.kill()


def panel_open(pixels: np.ndarray) -> bool:
    edge = pixels[HEIGHT - 20 :, WIDTH - PANEL + 2 :]
    return bool(np.abs(edge - edge[0, 0]).max() < 4 and 10 < edge.mean() < 40)


def face_column(pixels: np.ndarray, width: int) -> float:
    """Return the mean column of skin in the picture, which is this wide."""
    red, green, blue = np.moveaxis(pixels[: HEIGHT * 2 // 3, :width], 2, 0)
    return float(np.nonzero((red > 90) & (red > green + 25) & (green > blue))[1].mean())


def saturation(picture: np.ndarray) -> int:
    """Return how colourful the middle of a picture is."""
    height, width = picture.shape[:2]
    middle = picture[height // 3 : height // 2, width // 2 - 30 : width // 2 + 30].astype(int)
    return int(np.median(middle.max(axis=2) - middle.min(axis=2)))


def test_tab_opens_it_beside_the_head_and_a_chosen_look_is_there_in_the_next_run(
    start: Callable[[str], PanelRun], flame_cam: FlameCam, tmp_path: Path
) -> None:
    run = start("Look")
    run.press("i")
    closed = run.wait_for(lambda pixels: pixels.max() > 150)
    assert face_column(closed, WIDTH) == pytest.approx(WIDTH / 2, abs=40)
    run.press("Tab")
    opened = run.wait_for(panel_open)
    assert saturation(opened[:, : WIDTH - PANEL]) > GREY
    assert face_column(opened, WIDTH - PANEL) == pytest.approx((WIDTH - PANEL) / 2, abs=40)
    run.click(640, 18 + 9 * LINE)
    run.press("Down", "Return")
    run.wait_for(lambda pixels: saturation(pixels[:, : WIDTH - PANEL]) < GREY)
    run.press("Escape")
    run.wait_for(lambda pixels: not panel_open(pixels))
    run.wait_until_kept("look", "clay")
    run.press("ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    before = run.settings.read_text()
    finished = flame_cam(
        "demo", "--exit-after", "2", "--record", "run.mp4", "--size", "240x240", DISPLAY=run.display
    )
    assert finished.returncode == 0, finished.stderr
    with av.open(str(tmp_path / "run.mp4")) as recorded:
        assert saturation(next(recorded.decode(video=0)).to_ndarray(format="rgb24")) < GREY
    assert run.settings.read_text() == before


def test_another_head_is_shown_while_the_window_runs(
    start: Callable[[str], PanelRun], tmp_path: Path
) -> None:
    twin = tmp_path / "cache" / "flame-cam" / "heads" / "twin" / "head.npz"
    twin.parent.mkdir(parents=True)
    twin.write_bytes((files("assets") / "heads" / "builtin.npz").read_bytes())
    run = start("Head")
    run.press("Tab")
    run.wait_for(panel_open)
    run.click(680, 18 + 2 * LINE)
    # A screenshot bears the name of the head that it shows.
    deadline_s = time.monotonic() + 40
    while not list(tmp_path.glob("flame-cam-*-twin.png")) and time.monotonic() < deadline_s:
        run.press("s")
        time.sleep(0.5)
    assert list(tmp_path.glob("flame-cam-*-twin.png"))
    run.press("ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    run.wait_until_kept("head", "twin")


@pytest.mark.parametrize(("options", "aside"), [((), True), (("--no-settings",), False)])
def test_a_broken_settings_file_is_said_and_set_aside_where_settings_are_used(
    flame_cam: FlameCam, tmp_path: Path, options: tuple[str, ...], aside: bool
) -> None:
    settings = tmp_path / "config" / "flame-cam" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("look = [")
    # It is read before anything else goes wrong.
    finished = flame_cam("demo", "--background", "nothing", *options)
    assert finished.returncode == 2
    assert ("settings-broken-1.toml" in finished.stderr) is aside
    left = settings.with_name("settings-broken-1.toml") if aside else settings
    assert [path.name for path in settings.parent.iterdir()] == [left.name]
    assert left.read_text() == "look = ["


def test_k_hides_every_word_and_escape_shows_them_again(start: Callable[[str], PanelRun]) -> None:
    def says_something(pixels: np.ndarray) -> bool:
        """Return whether letters stand in the upper left corner, over the plain background."""
        return bool(pixels[20:90, 20:140].max() > 120)

    run = start("Look")
    run.press("Tab")
    run.wait_for(lambda pixels: panel_open(pixels) and says_something(pixels))
    run.press("k")
    run.wait_for(lambda pixels: not panel_open(pixels) and not says_something(pixels) and pixels.max() > 150)
    run.press("Escape")
    run.wait_for(lambda pixels: panel_open(pixels) and says_something(pixels))
    run.press("ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
