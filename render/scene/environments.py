"""The environments: lightings by name, each made of a few numbers that were chosen by eye."""

from __future__ import annotations

from render.scene import environment_names as names
from render.scene.lighting import DARK, Glow, Light, Lighting

ENVIRONMENTS = {
    names.STUDIO: Lighting(),
    names.OVERCAST: Lighting(
        key=Light((0.15, 1.0, 0.75), (0.85, 0.90, 0.97)),
        fill=DARK,
        rim=Light((0.0, 0.7, -1.0), (0.45, 0.48, 0.52)),
        sky=(0.62, 0.66, 0.73),
        ground=(0.22, 0.20, 0.17),
        glows=(Glow((0.0, 0.9, 0.6), (0.75, 0.80, 0.90), 2.0),),
    ),
    names.WINDOW: Lighting(
        key=Light((-1.0, 0.35, 0.62), (2.30, 2.45, 2.60)),
        fill=Light((1.0, 0.0, 0.5), (0.16, 0.13, 0.10)),
        rim=Light((0.9, 0.5, -1.1), (0.40, 0.34, 0.26)),
        sky=(0.16, 0.155, 0.15),
        ground=(0.10, 0.08, 0.06),
        glows=(Glow((-1.0, 0.25, 0.75), (1.60, 1.75, 1.95), 7.0),),
    ),
    names.SUNSET: Lighting(
        key=Light((0.95, 0.30, 0.62), (2.75, 1.62, 0.85)),
        fill=Light((-0.9, 0.5, 0.7), (0.30, 0.38, 0.58)),
        rim=Light((-0.7, 0.45, -1.2), (1.10, 0.62, 0.42)),
        sky=(0.24, 0.29, 0.42),
        ground=(0.17, 0.11, 0.08),
        glows=(
            Glow((1.0, 0.10, 0.5), (1.30, 0.62, 0.26), 4.0),
            Glow((-0.6, 0.8, 0.4), (0.22, 0.30, 0.48), 2.0),
        ),
    ),
    names.STAGE: Lighting(
        key=Light((-0.95, 0.30, 0.55), (2.10, 0.36, 1.35)),
        fill=Light((0.95, 0.25, 0.55), (0.22, 1.15, 2.05)),
        rim=Light((0.0, 1.0, -0.9), (1.25, 1.25, 1.35)),
        sky=(0.10, 0.10, 0.14),
        ground=(0.05, 0.04, 0.07),
        glows=(
            Glow((-1.0, 0.1, 0.8), (1.20, 0.22, 0.85), 5.0),
            Glow((1.0, 0.1, 0.8), (0.14, 0.75, 1.20), 5.0),
        ),
    ),
}


def environment(name: str) -> Lighting:
    """Return the lighting of an environment. Raises InputError for unknown names."""
    names.check_environment(name)
    return ENVIRONMENTS[name]
