"""Plot gathered data and the coefficients that a mapping gives for them (`flame-cam mapping plot`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.input_files import given_files, given_head
from app.recording.formats.png import has_mark, marked
from flame_model.errors import InputError, OutputError
from flame_model.files.writing.whole_folder import filled_whole
from mappings.records.gathered import load_gathered
from mappings.signals import MEDIAPIPE_NAMES

NAMES = tuple(f"{each}.png" for each in ("scores", "expression", "jaw", "eyes", "signals"))
"""Names of the plots' files."""
JAW_AXES = ("x: opens (+)", "y: to the person's left (+)", "z: tilts")
EYE_AXES = ("x: down (+), up (-)", "y: to the person's left (+)", "z: rolls")


@dataclass(frozen=True, slots=True)
class PlotSettings:
    """The settings of `flame-cam mapping plot`."""

    data: Path
    out: Path
    head: str = "builtin"
    mapping: Path | None = None
    replace: bool = True
    """Whether older plots are replaced without asking the person at the terminal."""


def plot(settings: PlotSettings) -> list[Path]:
    """Write the plots into the folder `settings.out`, which is made if it is missing, and return their paths.

    They are four distributions (scores, expression, jaw, eyes) and the displacement of the face by each
    signal. Raises InputError, also where the extra `plot` is missing, or OutputError.
    """
    try:
        from app.training.plotting.displacement import draw_displacements, signal_displacements
        from app.training.plotting.distributions import Distribution, draw_distribution
    except ImportError as error:
        raise InputError("Plots need matplotlib; install it with: pip install 'flame-cam[plot]'.") from error
    folder = settings.out
    _check_output(settings)
    data, animated = load_gathered(settings.data), AnimatedHead.load(settings.head, settings.mapping)
    if not len(data.scores):
        raise InputError(f"{settings.data} holds no frames to plot; gather clips with a face in them.")
    made = animated.mapping.convert(data.scores)
    count = animated.mapping.expression_count
    names = animated.head.expression_names or tuple(f"component {index + 1}" for index in range(count))
    eye_names = [f"{side} eye, {axis}" for side in ("left", "right") for axis in EYE_AXES]
    pictures = {
        "scores": (data.scores, Distribution("Scores", MEDIAPIPE_NAMES, "score", 8, (0.0, 1.0))),
        "expression": (made.expression, Distribution("Expression", names, "coefficient", 8)),
        "jaw": (made.jaw, Distribution("Jaw", JAW_AXES, "radians", 3)),
        "eyes": (made.eye_pose, Distribution("Eyes", eye_names, "radians", 3)),
    }
    moved = signal_displacements(animated.head, animated.mapping)
    with filled_whole(folder) as making:
        for name, (values, what) in pictures.items():
            draw_distribution(values, what, making / f"{name}.png")
        draw_displacements(animated.head, moved, making / "signals.png")
        for file in making.iterdir():
            file.write_bytes(marked(file.read_bytes()))
    return [folder / name for name in NAMES]


def _check_output(settings: PlotSettings) -> None:
    """Raise OutputError where the plots may not be written, also where other pictures have their names."""
    folder = settings.out
    given = (*given_files(data=settings.data), *given_head(settings.head, settings.mapping))
    check_outputs(folders=[folder], given=given, replace=settings.replace)
    for name in NAMES:
        if (folder / name).is_file() and not has_mark(folder / name):
            raise OutputError(
                f"{folder / name} is not a plot of flame-cam; name another folder for the plots."
            )
