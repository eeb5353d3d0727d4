"""The section Tracking: how the head's parameters are computed, how steady they are, and the neck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.live.panel.sections.section import Section
from app.model.solvers import SOLVERS
from render.ui.widgets import Answers, Choice, Slider, Widget

if TYPE_CHECKING:
    # Importing it binds PyOpenGL.
    from app.live.head.shown_head import ShownHead

SOLVER, SMOOTHING, NECK = "solver", "smoothing", "neck share"


class TrackingSection(Section):
    """Changes how the head is driven."""

    title = "Tracking"

    def __init__(self, shown: ShownHead, *, keep: Callable[[str, object], object]) -> None:
        """Tune `shown`; `keep` gets what later runs shall use."""
        self._shown = shown
        self._keep = keep

    def widgets(self) -> Sequence[Widget]:
        """Return the solvers and the two sliders."""
        tuning = self._shown.tuning
        return (
            Choice(SOLVER, SOLVERS, self._shown.animated.solver, "what the face is computed from"),
            Slider(SMOOTHING, tuning.smoothing, hint="0 off; more reduces jitter and adds delay"),
            Slider(NECK, tuning.neck_share, hint="how much of a turn bends the neck"),
        )

    def take(self, answers: Answers) -> None:
        """Drive the head otherwise."""
        tuning = self._shown.tuning
        tuning = replace(
            tuning,
            solver=answers.chosen.get(SOLVER, tuning.solver),
            smoothing=answers.moved.get(SMOOTHING, tuning.smoothing),
            neck_share=answers.moved.get(NECK, tuning.neck_share),
        )
        for name, label in (("smoothing", SMOOTHING), ("neck_share", NECK)):
            if label in answers.moved:
                self._keep(name, round(answers.moved[label], 3))
        if SOLVER in answers.chosen:
            self._keep("solver", tuning.solver)
        self._shown.tune(tuning)
