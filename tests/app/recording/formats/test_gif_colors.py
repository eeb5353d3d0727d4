"""A GIF keeps the colours of small parts, does not flicker, and stays small where nothing visibly changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.recording.formats.gif.cielab import lab_from_rgb, rgb_from_lab
from app.recording.formats.gif.painter import TRANSPARENT, Painter
from app.recording.formats.gif.palette import COLORS, PaletteMaker
from app.recording.formats.gif.writer import GifWriter
from flame_model.arrays import Array, Picture
from tests.app.recording.conftest import read_back

SIZE = (96, 64)
SKIN, IRIS = np.array([205, 160, 140]), np.array([70, 120, 130])


def face(index: int, grain: float = 12.0) -> Picture:
    """Return grainy skin with two irises of 12 pixels each in it."""
    random = np.random.default_rng(index)
    rgb = SKIN + random.normal(0, grain, (SIZE[1], SIZE[0], 3))
    for left in (30, 60):
        rgb[30:33, left : left + 4] = IRIS
    return np.dstack([np.clip(rgb, 0, 255), np.full(rgb.shape[:2], 255)]).astype(np.uint8)


def painter_of(pictures: list[Picture]) -> Painter:
    maker = PaletteMaker()
    for rgba in pictures:
        maker.add(rgba)
    return Painter(maker.finish(), SIZE)


def differences(painter: Painter, indices: Array, rgba: Picture) -> Array:
    """Return the distance in CIELAB (H, W) between what is shown and what should be."""
    shown = lab_from_rgb(painter.palette)[indices]
    return np.linalg.norm(shown - lab_from_rgb(rgba[..., :3]), axis=-1)


def test_cielab_is_the_standard_one() -> None:
    # Worked out from the definition, sRGB under D65.
    assert lab_from_rgb(np.array([[255, 0, 0]]))[0] == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
    assert (rgb_from_lab(lab_from_rgb(np.array([[12, 200, 77]]))) == [12, 200, 77]).all()


def test_small_parts_keep_their_colour() -> None:
    pictures = [face(index) for index in range(6)]
    painter = painter_of(pictures)
    assert len(painter.palette) == COLORS
    for rgba in pictures:
        error = differences(painter, painter.paint(rgba), rgba)
        assert error[30:33, 30:34].mean() <= 3.0
        assert error.mean() <= 3.0


def test_equal_pictures_give_equal_palettes() -> None:
    pictures = [face(index) for index in range(3)]
    assert (painter_of(pictures).palette == painter_of(pictures).palette).all()


def test_pixels_stay_while_they_look_right_and_change_when_they_do_not() -> None:
    before = face(0)
    slightly = before.copy()
    slightly[..., :3] = np.clip(before[..., :3].astype(int) + 2, 0, 255)
    much = before.copy()
    much[10:20, 10:20, :3] = IRIS
    painter = painter_of([before, slightly, much])
    first = painter.paint(before)
    assert (painter.paint(slightly) == first).mean() > 0.95
    changed = painter.paint(much) != first
    assert changed[10:20, 10:20].all()
    assert not changed[40:].any()


def test_an_error_never_grows_beyond_its_bound() -> None:
    fading = []
    for step in range(40):
        rgba = face(0, grain=4)
        rgba[..., :3] = np.clip(rgba[..., :3].astype(int) - step, 0, 255)
        fading.append(rgba)
    painter = painter_of(fading)
    for rgba in fading:
        assert np.percentile(differences(painter, painter.paint(rgba), rgba), 99.9) < 6.5


def test_dithering_shows_levels_between_two_colours_of_the_palette() -> None:
    palette = np.array([[100, 100, 100], [104, 104, 104]], dtype=np.uint8)
    level = np.full((SIZE[1], SIZE[0], 4), (102, 102, 102, 255), dtype=np.uint8)
    shares = np.bincount(Painter(palette, SIZE).paint(level).ravel(), minlength=2) / level[..., 0].size
    assert shares == pytest.approx([0.5, 0.5], abs=0.2)


def test_what_is_less_than_half_opaque_is_transparent_and_comes_back() -> None:
    seen, gone = face(1), face(1)
    gone[:, :48, 3] = 127
    painter = painter_of([seen])
    assert not (painter.paint(seen) == TRANSPARENT).any()
    assert (painter.paint(gone) == TRANSPARENT).sum() == 48 * 64
    assert not (painter.paint(seen) == TRANSPARENT).any()


def test_pictures_without_an_opaque_pixel_can_be_written(tmp_path: Path) -> None:
    writer = GifWriter(tmp_path / "out.gif", SIZE, 20, alpha=True)
    for _ in range(3):
        writer.add(np.zeros((SIZE[1], SIZE[0], 4), dtype=np.uint8))
    writer.close()
    assert [bool(rgba[..., 3].any()) for rgba in read_back(tmp_path / "out.gif")] == [False] * 3


def test_a_picture_that_hardly_changes_costs_hardly_anything(tmp_path: Path) -> None:
    sizes = []
    for count in (2, 20):
        writer = GifWriter(tmp_path / f"{count}.gif", SIZE, 20, alpha=False)
        for index in range(count):
            rgba = face(0)
            rgba[..., 0] += index % 2
            writer.add(rgba)
        writer.close()
        sizes.append((tmp_path / f"{count}.gif").stat().st_size)
    assert sizes[1] < 1.5 * sizes[0]
