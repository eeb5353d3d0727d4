"""Lashes, lid shadows, irises behind corneas and wrinkles in pictures of the built-in head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.face.eyes import EYE_CENTERS
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params

pytestmark = pytest.mark.usefixtures("context")

SIZE = (320, 320)
Gray = npt.NDArray[np.floating]


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


@pytest.fixture(params=[True, False], ids=["per vertex", "per pixel"])
def lighting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("render.head_renderer.is_software", lambda: request.param)


def _drawn(head: Head, params: HeadParams, target: npt.ArrayLike, width: float, yaw: float = 0.0) -> Gray:
    """Return the picture (H, W, 3) of `width` metres around the point `target` (3,)."""
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(head, SIZE, samples=1)
    x, y, z = np.asarray(target, dtype=float).tolist()
    renderer.camera = replace(
        renderer.camera, target=(x, y, z), frame_height=width, yaw=yaw, magnification=1.0
    )
    picture = renderer.draw(params)[..., :3].astype(np.float64)
    renderer.release()
    return picture


def _without(head: Head, material: str) -> Head:
    """Return the head without the faces of a material."""
    assert head.texture
    kept = head.face_materials != [m.name for m in head.materials].index(material)
    texture = replace(head.texture, corners=head.texture.corners[kept])
    return replace(head, faces=head.faces[kept], face_materials=head.face_materials[kept], texture=texture)


@pytest.mark.usefixtures("lighting")
@pytest.mark.parametrize("material", ["lashes", "lid shadow"])
def test_translucent_parts_only_darken(head: Head, material: str) -> None:
    rest, eye = rest_params(head.expression_count), EYE_CENTERS[0] + (0.0, 0.0, 0.012)
    change = _drawn(head, rest, eye, 0.05) - _drawn(_without(head, material), rest, eye, 0.05)
    assert (change <= 1.0).mean() > 0.995, "edges are smoothed, so a few pixels beside them may change"
    assert change.min() < -20.0


def _pupil(picture: Gray) -> float:
    """Return the mean column of the darkest pixels in a picture 30 mm wide, in mm from the middle."""
    columns = np.nonzero(picture.max(axis=2) < 32.0)[1]
    return 30.0 * (float(columns.mean()) / SIZE[0] - 0.5)


@pytest.mark.usefixtures("lighting")
def test_the_pupil_lies_behind_the_cornea(head: Head, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from the side, it lies nearer to the eye's middle than where the surface shows it."""
    eyes_wide = (np.array(head.expression_names) == "eyeWideLeft").astype(np.float64)
    wide, bare = replace(rest_params(head.expression_count), expression=eyes_wide), _without(head, "lashes")
    behind = _pupil(_drawn(bare, wide, EYE_CENTERS[0], 0.03, yaw=0.4))
    monkeypatch.setattr("render.mesh.head_mesh.shows_eye_picture", lambda _: False)
    on_surface = _pupil(_drawn(bare, wide, EYE_CENTERS[0], 0.03, yaw=0.4))
    assert on_surface + 0.3 < behind < on_surface + 1.2


@pytest.mark.usefixtures("lighting")
@pytest.mark.parametrize(
    ("signals", "place"),
    [
        (("browInnerUp", "browOuterUpLeft", "browOuterUpRight"), (0.0, 0.072, 0.0)),
        (("browDownLeft", "browDownRight"), (0.0, 0.046, 0.005)),
        (("eyeSquintLeft",), (0.045, 0.025, -0.005)),
        (("mouthSmileLeft",), (0.030, -0.022, 0.005)),
        (("noseSneerLeft", "noseSneerRight", "mouthUpperUpLeft", "mouthUpperUpRight"), (0.0, 0.018, 0.02)),
        (("mouthShrugLower",), (0.0, -0.055, 0.008)),
    ],
)
def test_expressions_wrinkle_the_skin(head: Head, signals: tuple[str, ...], place: tuple[float, ...]) -> None:
    assert head.texture
    moved = replace(
        rest_params(head.expression_count),
        # As much as a mapping gives for a full score.
        expression=1.4 * np.isin(head.expression_names, signals),
    )
    smooth = replace(head, texture=replace(head.texture, wrinkles=None))
    change = np.abs(_drawn(head, moved, place, 0.04) - _drawn(smooth, moved, place, 0.04)).max(axis=2)
    assert 0.01 < (change > 8.0).mean() < 0.6
    rest = rest_params(head.expression_count)
    assert np.abs(_drawn(head, rest, place, 0.04) - _drawn(smooth, rest, place, 0.04)).max() <= 1.0
