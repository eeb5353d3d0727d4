"""All plots of gathered data are written and show the right values; missing needs get a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.model.animated_head import AnimatedHead
from app.training.plotting.displacement import signal_displacements
from app.training.plotting.distributions import Distribution, draw_distribution
from app.training.plotting.plot import PlotSettings, plot
from flame_model.errors import InputError, OutputError
from mappings.signals import MEDIAPIPE_INDEX
from tests.mappings.records.test_gathered import made


def test_five_pictures_are_written(tmp_path: Path) -> None:
    made(60).save(tmp_path / "data.npz")
    written = plot(PlotSettings(tmp_path / "data.npz", tmp_path / "pictures"))
    assert [path.stem for path in written] == ["scores", "expression", "jaw", "eyes", "signals"]
    for path in written:
        assert np.asarray(Image.open(path).convert("L")).std() > 5, f"{path.name} shows something"


def test_a_signal_moves_its_own_part_of_the_face() -> None:
    animated = AnimatedHead.load("builtin")
    moved = signal_displacements(animated.head, animated.mapping)
    where = animated.head.template[moved.argmax(axis=1)]
    blink, smile, jaw = (MEDIAPIPE_INDEX[name] for name in ("eyeBlinkLeft", "mouthSmileRight", "jawOpen"))
    assert where[blink, 0] > 0, "the person's left is +x"
    assert where[smile, 0] < 0
    assert where[jaw, 1] < where[smile, 1] < where[blink, 1]
    assert moved[jaw].max() > 20, "millimetres"
    assert not moved[MEDIAPIPE_INDEX["_neutral"]].any()


def test_a_histogram_is_as_high_as_its_frames(tmp_path: Path) -> None:
    values = np.concatenate([np.zeros((90, 1)), np.full((10, 1), 1.0)])
    draw_distribution(values, Distribution("Jaw", ("x",), "radians", 1), tmp_path / "jaw.png")
    picture = np.asarray(Image.open(tmp_path / "jaw.png").convert("RGB")).astype(int)
    blue = (picture[..., 2] - picture[..., 0] > 60).sum(axis=0)
    left, right = blue[: len(blue) // 2].max(), blue[len(blue) // 2 :].max()
    assert left > right > 0


def test_missing_matplotlib_empty_data_and_files_in_the_way_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(3).taken(np.arange(0)).save(tmp_path / "data.npz")
    settings = PlotSettings(tmp_path / "data.npz", tmp_path / "pictures")
    with pytest.raises(InputError, match="holds no frames"):
        plot(settings)
    with pytest.raises(OutputError, match=r"data\.npz is a file, not a folder"):
        plot(PlotSettings(tmp_path / "data.npz", tmp_path / "data.npz" / "pictures"))
    monkeypatch.setitem(sys.modules, "app.training.plotting.distributions", None)
    with pytest.raises(InputError, match=r"pip install 'flame-cam\[plot\]'"):
        plot(settings)
