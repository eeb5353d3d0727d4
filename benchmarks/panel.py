"""Time pictures with the panel and without it, in turns in one run: `python -m benchmarks.panel`.

The panel shows 22 widgets in four unfolded sections, about as many as a window of this height has room for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from flame_model.find_heads import load_head
from flame_model.params import rest_params
from render.platform.offscreen import OffscreenContext

SIZE = (1280, 720)
TURNS, PICTURES = 20, 10
"""Pictures of each kind in a row, and how often."""


def main() -> None:
    """Print what the panel costs on average, and the ratio of whole pictures."""
    with OffscreenContext():
        draw = _drawing()
        kinds: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(TURNS):
            for panel, times in kinds.items():
                draw(panel)
                times.extend(draw(panel) for _ in range(PICTURES))
    beside, alone = 1e3 * np.mean(kinds[True]), 1e3 * np.mean(kinds[False])
    print(f"a picture of {SIZE[0]}x{SIZE[1]} takes {alone:.2f} ms, with the panel {beside:.2f} ms")
    print(f"so the panel costs {beside - alone:.2f} ms, a ratio of {beside / alone:.3f}")


def _drawing() -> Callable[[bool], float]:
    """Return a function that draws one picture, with the panel or without it, and returns its seconds."""
    from OpenGL import GL

    from render.gl.target import Target
    from render.head_renderer import HeadRenderer
    from render.ui.overlay import Overlay, OverlayState
    from render.ui.panel import Fold, Panel, picture_size
    from render.ui.widgets import Bar, Buttons, Choice, Slider, Table

    head = load_head("builtin")
    renderer, overlay, target = HeadRenderer(head), Overlay(), Target(SIZE)
    params, camera = rest_params(head.expression_count), renderer.home_camera()

    def folds(number: int) -> list[Fold]:
        # Figures and bars change with every picture, as in a run.
        rows = [(name, f"{number % 97} ms") for name in ("source", "tracker", "picture", "latency")]
        return [
            Fold("Face", [Slider(f"longer nose {k}", 0.3, -3.0, 3.0, "%+.1f") for k in range(10)], True),
            Fold("Signals", [Bar(f"jawOpen {k}", (number % 50) / 50.0) for k in range(6)], True),
            Fold(
                "Look", [Choice(name, tuple("abcdef"), "a") for name in ("look", "light", "background")], True
            ),
            Fold("Record", [Buttons(("record", "take", "screenshot")), Table(rows)], True),
        ]

    count = iter(range(10**9))

    def draw(panel: bool) -> float:
        start = time.perf_counter()
        target.bind()
        renderer.draw(params, camera, picture_size(SIZE, 1.0) if panel else SIZE)
        shown = Panel(folds(next(count))) if panel else None
        overlay.draw(OverlayState(readouts=(("picture", "30 fps"),), panel=shown), SIZE)
        GL.glFinish()
        return time.perf_counter() - start

    return draw


if __name__ == "__main__":
    main()
