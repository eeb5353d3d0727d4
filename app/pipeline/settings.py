"""What every command takes that turns a face into a moving head (`app.commands.options.model_options`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.pipeline.outputs.given import Given, given_bundle, given_files, given_head
from flame_model.notices import Say
from mappings.tracking.views.zoom import Zoom


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Hold which head plays, and by what."""

    head: str = "builtin"
    mapping: Path | None = None
    identity: Path | None = None
    solver: str | None = None
    """One of `app.model.animated_head.SOLVERS`, None for the best that the head allows."""
    landmarker: Path | None = None
    zoom: Zoom | None = None
    """The part of the pictures in which the face is tracked; None for all of them."""

    def given(self) -> tuple[Given, ...]:
        """Return every file that is named here."""
        return (
            *given_head(self.head, self.mapping),
            *given_files(identity=self.identity),
            *given_bundle(self.landmarker),
        )

    def animated_head(self, say: Say | None = None) -> AnimatedHead:
        """Load head and mapping, with what a person should know of them to `say`; raises InputError."""
        return AnimatedHead.load(self.head, self.mapping, self.identity, self.solver, say)
