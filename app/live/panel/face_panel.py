"""The face panel: choices, sliders for colours and identity, and buttons to reset, randomise and save."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from app.live.panel.named_choice import NamedChoice
from app.live.panel.styling import Styling
from app.recording.kept_files import KeptFiles
from flame_model.arrays import Float64Array
from flame_model.errors import OutputError
from flame_model.files.identity_file import write_identity
from flame_model.head import Head
from flame_model.notices import Say
from render.ui.panel import Answer, Panel
from render.ui.widgets import Choice

REACH = 3.0
"""Range of the sliders to both sides, standard deviations; 99.7 % of people lie within."""
MOST = 20
"""Number of sliders; the first components of a basis change most."""
STYLE = "hair style"
"""Label of the choice of hair styles."""
BUTTONS = RESET, RANDOM, SAVE = ("reset", "random", "save")


class FacePanel:
    """The identity that the window shows, in standard deviations; use it from the main thread."""

    def __init__(
        self,
        head: Head,
        baked: Float64Array | None,
        styling: Styling,
        named: Sequence[NamedChoice],
        *,
        set_identity: Callable[[Float64Array], object],
        say: Say,
        files: KeptFiles,
    ) -> None:
        """Start from the coefficients (I,) that are baked into the head's template, None for none.

        `named` are further choices, such as looks. `set_identity` is called with the coefficients (I,) to add
        to the template. `files` names the files of faces that are saved.
        """
        self.shown = False
        self._head = head
        self._styling = styling
        self._named = named
        self._baked = np.zeros(head.identity_count) if baked is None else baked
        self._values = self._baked.copy()
        self._set_identity = set_identity
        self._say = say
        self._files = files
        self._random = np.random.default_rng()

    def toggle(self) -> None:
        """Show or hide the panel."""
        self._styling.start()
        self.shown = not self.shown

    def panel(self) -> Panel | None:
        """Return the panel to draw, None while it is hidden."""
        if not self.shown:
            return None
        names = self._head.identity_names or tuple(f"identity {k + 1}" for k in range(MOST))
        colors = tuple((part, REACH * (2.0 * place - 1.0)) for part, place in self._styling.sliders())
        sliders = tuple(zip(names[:MOST], self._values.tolist(), strict=False))
        styles = self._styling.styles
        hair = (Choice(STYLE, styles, self._styling.style),) if styles else ()
        choices = (*(each.choice() for each in self._named), *hair)
        return Panel("face", (*colors, *sliders), REACH, BUTTONS if colors or sliders else (), choices)

    def take(self, answer: Answer) -> None:
        """Apply what the user did with the panel in one picture; the head changes at most once."""
        parts = [part for part, _ in self._styling.sliders()]
        moved = answer.moved.items()
        if places := {parts[k]: (value / REACH + 1.0) / 2.0 for k, value in moved if k < len(parts)}:
            self._styling.move(places)
        for each in self._named:
            if each.label in answer.options:
                each.show(answer.options[each.label])
        if STYLE in answer.options:
            self._styling.wear(answer.options[STYLE])
        values = self._values.copy()
        for number, value in moved:
            if number >= len(parts):
                values[number - len(parts)] = value
        if answer.button == RESET:
            values = self._baked.copy()
            self._styling.reset()
        elif answer.button == RANDOM:
            count = min(MOST, len(values))
            values[:count] = self._random.standard_normal(count).clip(-REACH, REACH)
        elif answer.button == SAVE:
            self._save()
        if not np.array_equal(values, self._values):
            self._values = values
            self._set_identity(values - self._baked)

    def _save(self) -> None:
        try:
            path = self._files.named_now(".json")
            write_identity(path, self._head, self._values)
        except OutputError as error:
            self._say(f"not saved: {error}")
        else:
            self._say(f"face saved; use it, with lids and lips fitted to it, by --identity {path}")
