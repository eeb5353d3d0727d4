"""Load what the window shows next, on a thread: another head, another solver, or other hair."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.live.settings import LiveSettings
from app.model.animated_head import AnimatedHead
from app.model.colors import dressed
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.hair.fitting import can_wear_hair
from flame_model.paint.hair.styles import NONE
from flame_model.paint.hair.wear import usual_hair
from flame_model.paint.recoloring.person_colors import PersonColors
from render.head_renderer import PreparedDrawing


@dataclass(frozen=True, slots=True)
class NextHead:
    """What is shown next; `close` is there for `Opening`."""

    drawing: PreparedDrawing | None = None
    """None where the drawing stays as it is."""
    animated: AnimatedHead | None = None
    """None where the head is driven as before."""
    name: str = ""
    """What `animated` was loaded by."""
    colors: PersonColors = field(default_factory=PersonColors)
    style: str = NONE

    def close(self) -> None:
        """Nothing is open."""


def load_next(settings: LiveSettings, colors: PersonColors, style: str | None, say: Say) -> NextHead:
    """Load the head of the settings, in these colours and, where it can wear it, with this hair.

    Raises InputError.
    """
    animated = settings.animated_head(say, hair=NONE)
    style = fitting_style(animated.head, style)
    return NextHead(
        PreparedDrawing(dressed(animated.head, style, colors, _quiet)), animated, settings.head, colors, style
    )


def fitting_style(bare: Head, style: str | None) -> str:
    """Return a style where the head can wear it, else none; for None what the head usually wears."""
    if style is None:
        return usual_hair(bare)
    return style if can_wear_hair(bare) else NONE


def _quiet(_: str) -> None:
    """Say nothing of colours that the next head does not show: nobody asked for them again."""
