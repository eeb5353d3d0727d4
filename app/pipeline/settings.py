"""The settings of every command that animates a head (see `app.commands.options`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.model.colors import dressed, named_colors
from app.pipeline.outputs.input_files import Given, given_bundle, given_files, given_head
from flame_model.find_heads import BUILTIN
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.hair.wear import usual_hair
from flame_model.paint.recoloring.person_colors import PersonColors
from mappings.adjusting.adjustments import Adjustments
from mappings.tracking.views.zoom import Zoom
from render.looks.names import DEFAULT_LOOK
from render.scene.environment_names import DEFAULT_ENVIRONMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The head to animate, with its mapping, identity and solver, and how pictures are tracked."""

    head: str = BUILTIN
    """Name or file."""
    mapping: Path | None = None
    """Folder; None for the head's own."""
    identity: Path | None = None
    """File of identity coefficients."""
    solver: str | None = None
    """One of `app.model.solvers.SOLVERS`; None for the best that the head allows."""
    landmarker: Path | None = None
    """The tracker's bundle; None for the usual places."""
    zoom: Zoom | None = None
    """The part of the pictures in which the face is tracked; None for whole pictures."""

    def given(self) -> tuple[Given, ...]:
        """Return every file and folder that these settings name."""
        return (
            *given_head(self.head, self.mapping),
            *given_files(identity=self.identity),
            *given_bundle(self.landmarker),
        )

    def animated_head(self, say: Say | None = None, *, hair: str | None = None) -> AnimatedHead:
        """Load the head with mapping, identity and solver; doubts go to `say`. Raises InputError.

        `hair` is one of `flame_model.paint.hair.styles.STYLES`; None for what the head usually wears.
        """
        return AnimatedHead.load(self.head, self.mapping, self.identity, self.solver, say, hair=hair)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSettings(ModelSettings):
    """The settings of a command that shows the head: also its look, light, hair and colours."""

    hair: str | None = None
    """One of `flame_model.paint.hair.styles.STYLES`; None for what the head usually wears."""
    skin: str | float | None = None
    """Name of a preset of `flame_model.paint.recoloring.person_colors`, or a place 0..1 along them; None for
    the head's own colour."""
    eyes: str | float | None = None
    brows: str | float | None = None
    hair_color: str | float | None = None
    strengths: tuple[tuple[str, float], ...] = ()
    """Part, one of `mappings.adjusting.parts.PART_NAMES`, and strength of what was tracked, 0 to 2."""
    look: str = DEFAULT_LOOK
    """One of `LOOK_NAMES`."""
    environment: str = DEFAULT_ENVIRONMENT
    """One of `ENVIRONMENT_NAMES`."""

    def adjustments(self) -> Adjustments:
        """Return what is changed of what was tracked. Raises InputError for unknown parts."""
        return Adjustments(strengths=dict(self.strengths))

    def colors(self) -> PersonColors:
        """Return the colours to draw the head in. Raises InputError for unknown names."""
        return named_colors(skin=self.skin, eyes=self.eyes, brows=self.brows, hair=self.hair_color)

    def style(self, head: Head) -> str:
        """Return the style of the head's hair."""
        return usual_hair(head) if self.hair is None else self.hair

    def drawn_head(self, bare: Head, say: Say) -> Head:
        """Return a head without hair in the chosen hair and colours. Raises InputError."""
        return dressed(bare, self.style(bare), self.colors(), say)
