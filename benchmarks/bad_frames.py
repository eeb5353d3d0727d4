"""Measure how far single bad frames move the head, and write a section of docs/steadiness.md.

    python -m benchmarks.bad_frames DATA --landmarker face_landmarker.task [--fast] [--no-page]

DATA is a folder with the clips listed in CLIPS. Without --fast, the first 150 frames of each are used.
With it, 60 frames of three clips are used, which takes a minute on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from app.system.tuning import share_few_cores
from benchmarks.head_options import head_parser
from benchmarks.invariance import FAST_CLIPS
from benchmarks.measuring.closed_loop import FPS
from benchmarks.measuring.disturbed_driving import FIGURES, Control, Moved, control, measure_clip
from benchmarks.measuring.disturbed_pictures import DISTURBANCES
from benchmarks.measuring.drawn_turns import observed_turns
from benchmarks.measuring.fidelity_tables import CLIPS
from benchmarks.written_page import table, write_section

FRAMES, FAST_FRAMES = 150, 60


def main() -> None:
    """Measure, print and write the tables."""
    parser = head_parser(__doc__, "fewer clips and frames")
    parser.add_argument("data", type=Path, help="folder of the clips")
    options = parser.parse_args()
    share_few_cores()
    # Hair is left out: it is as large as the rest of the head, and moves with the crown.
    animated = AnimatedHead.load(options.head, solver=options.solver)
    variant = Variant(animated.solver, animated)
    moved, controls = [], []
    for name in FAST_CLIPS if options.fast else CLIPS:
        of_clip, undisturbed = measure_clip(
            str(options.data / f"{name}.mp4"),
            variant,
            options.landmarker,
            FAST_FRAMES if options.fast else FRAMES,
        )
        moved += of_clip
        controls.append(undisturbed)
    for movement, seen, times in observed_turns(variant, options.landmarker):
        controls.append(control(movement, variant, seen, times.tolist(), FPS))
    text = tables(moved, controls, options.head)
    print(text)
    if not options.no_page:
        write_section("steadiness.md", "bad frames", text)


def tables(moved: Sequence[Moved], controls: Sequence[Control], head: str) -> str:
    """Return a table of the disturbances, means over the clips, and one of what is not disturbed."""
    header = [f"{figure}, {trust}" for figure in FIGURES for trust in ("without", "with")]
    rows = []
    for kind in DISTURBANCES:
        both = [(each.without, each.with_trust) for each in moved if each.disturbance == kind]
        rows.append([kind, *(f"{value:.2f}" for value in np.mean(both, axis=0).T.ravel())])
    quiet = [f"{figure}, {size}" for figure in FIGURES for size in ("mean", "largest")]
    undisturbed = [
        [each.name, *(f"{value:.2f}" for value in np.stack([each.mean, each.largest]).T.ravel()), _lag(each)]
        for each in controls
    ]
    return (
        f"The head `{head}`, {len({each.clip for each in moved})} clips; means over the clips:\n\n"
        f"{table(['disturbance', *header], rows)}\n\n"
        "Nothing is disturbed, the head with trust compared with that without:\n\n"
        f"{table(['movement', *quiet, 'lag ms'], undisturbed)}\n"
    )


def _lag(each: Control) -> str:
    return "-" if np.isnan(each.lag_ms) else f"{each.lag_ms:.1f}"


if __name__ == "__main__":
    main()
