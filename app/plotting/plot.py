"""Draw what gathered data hold and what a mapping makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.cast import load_cast
from app.outputs import require_writable_folder
from flame_model.errors import InputError, OutputError
from mappings.gathered import load_gathered
from mappings.signals import MEDIAPIPE_NAMES

JAW_AXES = ("x: opens (+)", "y: to the person's left (+)", "z: tilts")
EYE_AXES = ("x: down (+), up (-)", "y: to the person's left (+)", "z: rolls")


@dataclass(frozen=True, slots=True)
class PlotSettings:
    """Hold what `flame-cam mapping plot` was asked for."""

    data: Path
    out: Path
    head: str = "builtin"
    mapping: Path | None = None


def plot(settings: PlotSettings) -> list[Path]:
    """Write the pictures into the folder `settings.out`, made where it is missing; return their paths.

    Four distributions (scores, expression, jaw, eyes) and the map of what each signal moves. Raises
    InputError, also without the extra `plot`, or OutputError.
    """
    try:
        from app.plotting.displacement import draw_displacements, signal_displacements
        from app.plotting.distributions import Distribution, draw_distribution
    except ImportError as error:
        raise InputError("Plots need matplotlib; install it with: pip install 'flame-cam[plot]'") from error
    folder = settings.out
    require_writable_folder(folder)
    data, cast = load_gathered(settings.data), load_cast(settings.head, settings.mapping)
    if not len(data.scores):
        raise InputError(f"{settings.data} holds no frames to plot.")
    made = cast.mapping.convert(data.scores)
    count = cast.mapping.expression_count
    names = cast.head.expression_names or tuple(f"component {index + 1}" for index in range(count))
    eye_names = [f"{side} eye, {axis}" for side in ("left", "right") for axis in EYE_AXES]
    pictures = {
        "scores": (data.scores, Distribution("Scores", MEDIAPIPE_NAMES, "score", 8, (0.0, 1.0))),
        "expression": (made.expression, Distribution("Expression", names, "coefficient", 8)),
        "jaw": (made.pose[:, 3:], Distribution("Jaw", JAW_AXES, "radians", 3)),
        "eyes": (made.eye_pose, Distribution("Eyes", eye_names, "radians", 3)),
    }
    moved = signal_displacements(cast.head, cast.mapping)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (values, what) in pictures.items():
            draw_distribution(values, what, folder / f"{name}.png")
        draw_displacements(cast.head, moved, folder / "signals.png")
    except OSError as error:
        raise OutputError(f"Cannot write {folder} ({error.strerror or error}).") from error
    return [folder / f"{name}.png" for name in (*pictures, "signals")]
