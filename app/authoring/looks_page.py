"""Write docs/guide/looks.md: every look, environment and background, with pictures drawn for the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2
import jinja2
import numpy as np

from app.authoring.contact_sheet import signal_params
from app.model.animated_head import AnimatedHead
from flame_model.arrays import Picture
from render.looks.names import CLAY, HEAT, LOOK_NAMES, NORMALS, POINTS, STUDIO, TOON, WIREFRAME
from render.offscreen_renderer import OffscreenRenderer
from render.scene.background import Background
from render.scene.environment_names import ENVIRONMENT_NAMES, OVERCAST, STAGE, SUNSET, WINDOW
from render.scene.environment_names import STUDIO as STUDIO_LIGHT
from render.scene.environments import environment

SIDE = 320
"""Pixels of one picture."""
FINER = 2
"""Size at which pictures are drawn before they are made smaller."""
MOMENTS = (
    ((), 0.0),
    (("jawOpen", "browInnerUp", "browOuterUpLeft", "browOuterUpRight"), 0.0),
    (("mouthSmileLeft", "mouthSmileRight", "eyeBlinkLeft", "eyeBlinkRight"), -0.6),
)
"""Signals at 1, and the turn of the head in radians."""
GRADIENT = "#9db4c8,#2a3340"
TEMPLATE = "looks_page.md.jinja"
LOOKS_IN_WORDS = {
    STUDIO: "Skin, eyes and hair in the light of an environment: a key light with soft shadows, a fill and a "
    "rim light, broad glows, light that travels under the skin, wrinkles that deepen with the expression, "
    "corneas with the irises behind them, and highlights that roll off instead of clipping.",
    CLAY: "A matte bust without colours, on which brows, lips and irises are marks. For people who find skin "
    "uncanny.",
    WIREFRAME: "The edges of the head's triangles, without those that its surface hides.",
    NORMALS: "The direction in which the surface faces, as a colour: more red to the right, more green "
    "upwards, more blue towards you.",
    HEAT: "How far each point has moved from rest by expression, jaw, lids and eyes, with a legend in "
    "millimetres. Turning the head does not count.",
    TOON: "A drawing: flat colours in light and in shadow, and ink lines around forms.",
    POINTS: "The places of the tracker's 478 landmarks on the head, those of the irises in orange. The "
    "built-in head has them, and so has every head that `flame-cam heads add` has prepared.",
}
ENVIRONMENTS_IN_WORDS = {
    STUDIO_LIGHT: "a warm key light from above, a weak fill and a rim light",
    OVERCAST: "an even grey sky",
    WINDOW: "a cool window at one side, a dark room at the other",
    SUNSET: "a low sun, and the sky opposite",
    STAGE: "magenta from one side, cyan from the other, white from behind",
}


def looks_page(folder: str) -> str:
    """Return the text of the page; `folder` is that of its pictures, as the page names it."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    files = jinja2.Environment(loader=loader, keep_trailing_newline=True)
    return files.get_template(TEMPLATE).render(
        folder=folder,
        gradient=GRADIENT,
        looks={name: LOOKS_IN_WORDS[name] for name in LOOK_NAMES},
        environments={name: ENVIRONMENTS_IN_WORDS[name] for name in ENVIRONMENT_NAMES},
    )


def write_looks_page(page: Path, pictures: Path) -> None:
    """Write the page, and draw its pictures into the folder `pictures`."""
    pictures.mkdir(exist_ok=True)
    animated = AnimatedHead.load("builtin", hair=None)
    for look in LOOK_NAMES:
        behind = Background.parse(GRADIENT) if look == TOON else Background()
        tiles = _draw(animated, look, STUDIO_LIGHT, behind, MOMENTS)
        _write(pictures / f"{look}.webp", tiles)
    lit = (_draw(animated, STUDIO, name, Background(), MOMENTS[:1]) for name in ENVIRONMENT_NAMES)
    _write(pictures / "environments.webp", [tile for tiles in lit for tile in tiles])
    page.write_text(looks_page(f"../{pictures.relative_to(page.parents[1]).as_posix()}"), encoding="utf-8")


def _draw(
    animated: AnimatedHead,
    look: str,
    light: str,
    background: Background,
    moments: Iterable[tuple[tuple[str, ...], float]],
) -> list[Picture]:
    """Return a picture of the head at each moment."""
    size = (FINER * SIDE, FINER * SIDE)
    with OffscreenRenderer(animated.head, size, environment(light), background, look=look) as renderer:
        drawn = [renderer.draw(signal_params(animated, names, turn)) for names, turn in moments]
    return [
        np.asarray(cv2.resize(picture[..., :3], (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
        for picture in drawn
    ]


def _write(out: Path, tiles: list[Picture]) -> None:
    cv2.imwrite(str(out), np.hstack(tiles)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 85])
