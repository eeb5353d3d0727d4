"""Measure whether the head depends on the face's place and size in its picture; write docs/steadiness.md.

    python -m benchmarks.invariance DATA --landmarker face_landmarker.task [--fast] [--no-page]

DATA is a folder with the clips listed in CLIPS. Without --fast, the first 100 frames of each are used.
With it, 30 frames of three clips are used, which takes a minute on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.system.tuning import share_few_cores
from benchmarks.head_options import chosen_variant, head_parser
from benchmarks.measuring.fidelity_tables import CLIPS
from benchmarks.measuring.placed_pictures import PLACINGS
from benchmarks.measuring.placement_invariance import Difference, measure_invariance
from benchmarks.written_page import table, write_section

FRAMES, FAST_FRAMES = 100, 30
FAST_CLIPS = ("grin", "glasses", "mouth_shapes")
LIMITS = (1.0, 0.01, 0.006, 0.006)
"""Turn in degrees, scores, lips and lids in eye distances."""
FORMS = (".2f", ".4f", ".4f", ".4f")


def main() -> None:
    """Measure, print and write the table."""
    parser = head_parser(__doc__, "fewer clips and frames")
    parser.add_argument("data", type=Path, help="folder of the clips")
    options = parser.parse_args()
    share_few_cores()
    specs = [str(options.data / f"{name}.mp4") for name in (FAST_CLIPS if options.fast else CLIPS)]
    frames = FAST_FRAMES if options.fast else FRAMES
    differences = measure_invariance(specs, chosen_variant(options), options.landmarker, frames)
    text = tables(differences, f"The head `{options.head}`, {len(specs)} clips, {frames} frames of each")
    print(text)
    if not options.no_page:
        write_section("steadiness.md", "invariance", text)


def tables(differences: Sequence[Difference], title: str) -> str:
    """Return a table of means over the clips for each placing, and a table of every clip."""
    header = ["seen", "turn °", "scores", "lips", "lids"]
    limits = ["limit", "1.000", *(format(limit, form) for limit, form in zip(LIMITS, FORMS, strict=True))]
    placings = list(PLACINGS)[1:]
    means = [[name, *_cells([each for each in differences if each.placing == name])] for name in placings]
    clips = [[each.clip, each.placing, *_cells([each])] for each in differences]
    return (
        f"{title}; means over the clips, bold where a limit is exceeded:\n\n"
        f"{table(['face', *header], [limits, *means])}\n\nClip by clip:\n\n"
        f"{table(['clip', 'face', *header], clips, words=2)}\n"
    )


def _cells(differences: Sequence[Difference]) -> list[str]:
    """Return the means of differences as text, over those in which faces were found."""
    rows = np.array([(each.turn_deg, each.scores, each.lips, each.lids) for each in differences])
    known = rows[~np.isnan(rows).any(axis=1)]
    means = known.mean(axis=0) if len(known) else np.full(len(LIMITS), np.nan)
    texts = [_cell(*each) for each in zip(means, LIMITS, FORMS, strict=True)]
    return [f"{np.mean([each.seen for each in differences]):.3f}", *texts]


def _cell(value: float, limit: float, form: str) -> str:
    """Return a value as text, in bold where it exceeds its limit, "-" where no face was found."""
    if np.isnan(value):
        return "-"
    text = format(value, form)
    return text if value <= limit else f"**{text}**"


if __name__ == "__main__":
    main()
