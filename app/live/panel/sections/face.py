"""The section Face: sliders that change the face of the head, and buttons to reset, randomise and save it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from app.live.panel.sections.section import Section
from app.recording.kept_files import KeptFiles
from flame_model.arrays import Float64Array
from flame_model.errors import OutputError
from flame_model.files.identity_file import write_identity
from flame_model.head import Head
from flame_model.notices import Say
from render.ui.widgets import Answers, Buttons, Slider, Text, Widget

REACH = 3.0
"""Range of the sliders to both sides, standard deviations; 99.7 % of people lie within."""
MOST = 20
"""Number of sliders; the first components of a basis change most."""
BUTTONS = RESET, RANDOM, SAVE = ("reset", "random", "save")
_HINTS = ("the face from the start", "a face of nobody", "write the face to a file for --identity")


class FaceSection(Section):
    """The identity that the window shows, in standard deviations."""

    title = "Face"

    def __init__(
        self,
        name: str,
        head: Head,
        baked: Float64Array | None,
        *,
        faces: Mapping[str, Sequence[float]],
        set_identity: Callable[[Float64Array], object],
        keep: Callable[[str, object], object],
        say: Say,
        files: KeptFiles,
    ) -> None:
        """Start from the coefficients (I,) that are baked into the head's template, None for none.

        `faces` are the coefficients of heads, by the names that they were loaded by. `set_identity` is called
        with the coefficients (I,) to add to the template; `keep` gets those of a head. `files` names the
        files of faces that are saved.
        """
        self._faces = dict(faces)
        self._set_identity = set_identity
        self._keep = keep
        self._say = say
        self._files = files
        self._random = np.random.default_rng()
        self.show(name, head, baked)

    def show(self, name: str, head: Head, baked: Float64Array | None = None) -> None:
        """Take another head, which is shown with the coefficients (I,) in its template."""
        self._name, self._head = name, head
        self._baked = np.zeros(head.identity_count) if baked is None else baked
        self._values = self._baked.copy()
        names = head.identity_names or tuple(f"identity {k + 1}" for k in range(MOST))
        self._names = names[: min(MOST, head.identity_count)]
        known = self._faces.get(name, ())[: head.identity_count]
        if len(known):
            self._change(np.pad(np.asarray(known, dtype=np.float64), (0, head.identity_count - len(known))))

    def widgets(self) -> Sequence[Widget]:
        """Return a slider for each component, and the buttons."""
        if not self._names:
            return (Text(f"The head {self._head.name} has one face only."),)
        sliders = [
            Slider(name, value, -REACH, REACH, "%+.1f")
            for name, value in zip(self._names, self._values.tolist(), strict=False)
        ]
        return (Buttons(BUTTONS, _HINTS), *sliders)

    def take(self, answers: Answers) -> None:
        """Apply what the user did; the head changes at most once."""
        values = self._values.copy()
        for name, value in answers.moved.items():
            values[self._names.index(name)] = value
        if answers.pressed == RESET:
            values = self._baked.copy()
        elif answers.pressed == RANDOM:
            count = len(self._names)
            values[:count] = self._random.standard_normal(count).clip(-REACH, REACH)
        elif answers.pressed == SAVE:
            self._save()
        if not np.array_equal(values, self._values):
            self._change(values)
            face = np.round(values[: len(self._names)], 2).tolist()
            self._faces[self._name] = face
            self._keep(f"face.{self._name}", face if any(face) else None)

    def _change(self, values: Float64Array) -> None:
        """Show the face of other coefficients (I,)."""
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


def read_faces(values: Mapping[str, object]) -> dict[str, list[float]]:
    """Return the faces of kept settings, which were checked."""
    faces = values.get("face", {})
    assert isinstance(faces, dict)
    return {name: [float(value) for value in face] for name, face in faces.items()}
