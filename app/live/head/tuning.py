"""How the drivers of a live run are set up, whichever head they drive."""

from __future__ import annotations

from dataclasses import dataclass

from app.live.settings import LiveSettings
from mappings.motion.head_pose import NECK_SHARE, Share
from mappings.motion.smoothing import DEFAULT_SMOOTHING
from render.framing import DEFAULT, Framing

USUAL_NECK = 0.8
"""The neck's share in a turn about the axis between; the shares of the other axes are in proportion."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the panel sets of how a head is driven."""

    solver: str | None = None
    """One of `app.model.solvers.SOLVERS`; None for the best that the head allows."""
    smoothing: float = DEFAULT_SMOOTHING
    neck_share: float = USUAL_NECK
    """How much of a turn bends the neck, 0 to 1."""
    framing: Framing = DEFAULT

    @classmethod
    def of(cls, settings: LiveSettings) -> Tuning:
        """Return how a run with these settings begins."""
        return cls(
            settings.solver,
            DEFAULT_SMOOTHING if settings.smoothing is None else settings.smoothing,
            USUAL_NECK if settings.neck_share is None else settings.neck_share,
            Framing.named(settings.framing),
        )

    @property
    def shares(self) -> Share:
        """The shares of the neck by axis."""
        x, y, z = (min(1.0, share * self.neck_share / USUAL_NECK) for share in NECK_SHARE)
        return x, y, z
