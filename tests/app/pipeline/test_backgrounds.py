"""The background of each picture: colours, pictures, clips, and the source's own picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.pipeline.backgrounds import CAMERA, Backgrounds, backdrop_of, blurred, open_backgrounds
from app.recording import open_writer
from flame_model.errors import InputError, SourceError
from mappings.records.take import load_take, save_take
from render.scene.background import STUDIO, AnyBackground, Background, PictureBackground


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("studio", (0, 0, 0)),
        ("transparent", (0, 0, 0)),
        (CAMERA, (0, 0, 0)),
        ("wall.png", (0, 0, 0)),
        ("white", (255, 255, 255)),
        ("#102030", (16, 32, 48)),
    ],
)
def test_transparent_pictures_lie_on_the_colour_of_the_run(name: str, color: tuple[int, int, int]) -> None:
    assert backdrop_of(name) == color


def shown(background: AnyBackground) -> np.ndarray:
    assert isinstance(background, PictureBackground)
    return background.picture


def at(backgrounds: Backgrounds, time_s: float) -> AnyBackground:
    backgrounds.advance(time_s)
    return backgrounds.now


def test_what_has_a_name_never_changes() -> None:
    with open_backgrounds("#102030,white") as backgrounds:
        assert at(backgrounds, 0.0) == at(backgrounds, 9.0) == Background.parse("#102030,white")


def test_a_picture_file_is_shown_at_all_times(tmp_path: Path) -> None:
    Image.new("RGB", (8, 6), (200, 30, 40)).save(tmp_path / "wall.png")
    with open_backgrounds(str(tmp_path / "wall.png")) as backgrounds:
        first, later = (shown(at(backgrounds, time_s)) for time_s in (0.0, 7.0))
    assert first is later
    assert first[3, 4].tolist() == [200, 30, 40]


def test_a_clip_is_shown_by_its_times_and_begins_again(tmp_path: Path) -> None:
    with open_writer(tmp_path / "steps.png", (32, 32), 10.0) as writer:
        for level in (40, 120, 200):
            writer.add(np.full((32, 32, 4), level, np.uint8) | np.uint8([0, 0, 0, 255]))
    with open_backgrounds(str(tmp_path / "steps.png")) as backgrounds:
        times = (0.0, 0.15, 0.21, 0.31, 0.65)
        levels = [int(shown(at(backgrounds, time_s))[16, 16, 0]) for time_s in times]
    assert levels == [40, 120, 200, 40, 40]


def test_the_sources_picture_is_blurred_and_kept_while_it_is_the_same() -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[:, 160:] = 255
    image[::2, ::2] = 90
    with open_backgrounds(CAMERA) as backgrounds:
        backgrounds.see(None)
        assert backgrounds.now == STUDIO
        backgrounds.see(image)
        first = backgrounds.now
        for same in (image, None):
            backgrounds.see(same)
            assert backgrounds.now is first
        backgrounds.see(image.copy())
        assert backgrounds.now is not first
    row = shown(first)[135, :, 0].astype(int)
    assert row[0] < 40
    assert row[-1] > 120
    assert np.abs(np.diff(row)).max() < 20, "no edge is left"


def test_nothing_finer_than_the_blur_is_left() -> None:
    checks = np.indices((360, 480)).sum(axis=0) // 4 % 2 * 255
    soft = blurred(np.repeat(checks[..., None], 3, axis=2).astype(np.uint8))
    assert np.ptp(soft.astype(int)) < 16


def test_a_background_that_does_not_exist_is_refused_with_the_choices() -> None:
    with pytest.raises(InputError, match=r"'wall\.png'.*studio.*camera.*picture or clip"):
        open_backgrounds("wall.png")


def test_a_file_without_pictures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("these are words")
    with pytest.raises(SourceError, match=r"words\.png"):
        open_backgrounds(str(tmp_path / "words.png"))
    assets = Path(__file__).parents[3] / "assets"
    save_take(load_take(assets / "takes" / "demo.npz"), tmp_path / "take.npz")
    with pytest.raises(InputError, match=r"take\.npz is a take"):
        open_backgrounds(str(tmp_path / "take.npz"))
