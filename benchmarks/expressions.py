"""Show a head's expressions beside the people who make them: a page, and the same pictures on one sheet.

    python -m benchmarks.expressions DATA OUT --landmarker face_landmarker.task [--head builtin]

DATA is a folder with the clips of measuring.expression_moments. OUT is a folder: expressions.html and
expressions.png are written to it. They show people, so they belong in no repository.
"""

from __future__ import annotations

import argparse
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

import cv2
import numpy as np

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from app.model.solvers import SOLVERS
from app.system.tuning import share_few_cores
from benchmarks.measuring.expression_moments import Moment, shown_moments
from flame_model.arrays import Picture
from render.offscreen_renderer import OffscreenRenderer

SIZE = 480
"""Width and height of each picture, pixels."""
PAIRS_IN_A_ROW = 3
_BACKGROUND = 24
"""Grey of the sheet where there is no picture, of 255."""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{head}: expressions</title>
<style>
body {{ margin: 24px; background: #14181f; color: #e6eaf1; font: 16px/1.4 system-ui, sans-serif; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(480px, 1fr)); gap: 20px; }}
figure {{ margin: 0; }} figcaption {{ padding: 6px 2px; }} small {{ color: #98a2b3; }}
img {{ width: 100%; display: block; border-radius: 8px; }}
</style></head><body><h1>The head “{head}”, solver {solver}</h1><main>
{figures}
</main></body></html>
"""
_FIGURE = """<figure><img src="data:image/jpeg;base64,{data}" alt="{name}">
<figcaption>{name} <small>{origin}</small></figcaption></figure>"""


def main() -> None:
    """Drive the head by the clips, and write the page and the sheet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the clips")
    parser.add_argument("out", type=Path, help="folder for the page; it is made where it is missing")
    parser.add_argument("--landmarker", type=Path, required=True)
    parser.add_argument("--head", default="builtin")
    parser.add_argument("--solver", choices=SOLVERS)
    options = parser.parse_args()
    share_few_cores()
    animated = AnimatedHead.load(options.head, solver=options.solver, hair=None)
    shown = shown_moments(options.data, Variant(animated.solver, animated), options.landmarker)
    with OffscreenRenderer(animated.head, (SIZE, SIZE)) as renderer:
        pairs = [(each.moment, pair(each.person, renderer.draw(each.params)[..., :3])) for each in shown]
    options.out.mkdir(parents=True, exist_ok=True)
    page = page_text(pairs, options.head, animated.solver)
    (options.out / "expressions.html").write_text(page, encoding="utf-8")
    (options.out / "expressions.png").write_bytes(_encoded(sheet(pairs), ".png"))
    print(f"{len(pairs)} expressions are in {options.out / 'expressions.html'}")


def pair(person: Picture | None, head: Picture) -> Picture:
    """Return the person (left, any square size, grey where there is none) and the head side by side."""
    left: Picture = np.full_like(head, _BACKGROUND)
    if person is not None:
        left = cv2.resize(person, head.shape[1::-1], interpolation=cv2.INTER_AREA).astype(np.uint8)
    return np.ascontiguousarray(np.hstack([left, head]))


def sheet(pairs: Sequence[tuple[Moment, Picture]]) -> Picture:
    """Return all pairs on one picture, PAIRS_IN_A_ROW in each row, with their names."""
    named = [_named(picture, moment.expression) for moment, picture in pairs]
    named += [np.full_like(named[0], _BACKGROUND)] * (-len(named) % PAIRS_IN_A_ROW)
    rows = [named[first : first + PAIRS_IN_A_ROW] for first in range(0, len(named), PAIRS_IN_A_ROW)]
    return np.vstack([np.hstack(row) for row in rows])


def _named(picture: Picture, name: str) -> Picture:
    written = picture.copy()
    for color, width in (((0, 0, 0), 5), ((255, 255, 255), 2)):
        cv2.putText(written, name, (12, 34), cv2.FONT_HERSHEY_SIMPLEX, 0.9, color, width, cv2.LINE_AA)
    return written


def page_text(pairs: Sequence[tuple[Moment, Picture]], head: str, solver: str) -> str:
    """Return a self-contained page with all pairs."""
    figures = [
        _FIGURE.format(
            data=b64encode(_encoded(picture, ".jpg")).decode("ascii"),
            name=escape(moment.expression),
            origin=escape(_origin(moment)),
        )
        for moment, picture in pairs
    ]
    return _PAGE.format(head=escape(head), solver=escape(solver), figures="\n".join(figures))


def _origin(moment: Moment) -> str:
    if not moment.clip:
        return f"nobody shows it; the signal {moment.signal} alone"
    return f"{moment.clip}, {moment.time_s:.2f} s"


def _encoded(picture: Picture, form: str) -> bytes:
    _, data = cv2.imencode(form, picture[..., ::-1])
    return data.tobytes()


if __name__ == "__main__":
    main()
