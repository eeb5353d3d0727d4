"""The settings of a live run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from app.live.recording.countdown import DEFAULT_S
from app.pipeline.settings import DrawnSettings
from mappings.adjusting.adjustments import Adjustments
from render.framing_names import DEFAULT_FRAMING


@dataclass(frozen=True, slots=True)
class LiveSettings(DrawnSettings):
    """The settings of `flame-cam` and `flame-cam demo`."""

    source: str = "0"
    ask_source: bool = False
    """Show the demo where the source cannot be opened, and ask which other one to show."""
    profile: str | None = None
    """Name of the user's profile, which may not exist yet."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    calibrate: bool = False
    """Start with a calibration, and end the run after it."""
    mirror: bool | None = None
    """None mirrors cameras only."""
    loop: bool | None = None
    """Start a clip or take again when it ends; None does so unless the whole run is recorded."""
    size: tuple[int, int] = (720, 720)
    """(W, H) of the window in screen units and of a recording in pixels."""
    background: str = "studio"
    """What `open_backgrounds` accepts."""
    framing: str = DEFAULT_FRAMING
    """One of `FRAMING_NAMES`."""
    record: Path | None = None
    """Record the whole run to this file."""
    out: Path | None = None
    """Folder for what the user records by keys; None for the user's Videos folder."""
    countdown: float = DEFAULT_S
    """Seconds from the key R to its recording; 0 records at once."""
    microphone: str | None = None
    """Part of the name of the microphone that is recorded, "default" for the usual one; None: no sound."""
    gif_mb: float | None = None
    """Largest size of a GIF in megabytes; None: as large as it becomes."""
    exit_after: float | None = None
    """End the run this many seconds after the window opens; None for no limit."""
    stats: Path | None = None
    """File for the statistics, written at the end."""
    replace: bool = True
    """False asks a person at a terminal before an existing file is overwritten."""

    gains: tuple[tuple[str, float], ...] = ()
    """Signal and gain, as in `Adjustments`; `muted` likewise."""
    muted: tuple[str, ...] = ()
    neck_share: float | None = None
    """How much of a turn bends the neck, 0 to 1; None for what is usual."""
    kept: frozenset[str] = frozenset()
    """Names of the fields that earlier runs have kept: where one does not fit, the run goes on without it."""

    def with_kept(self, values: Mapping[str, object], given: Collection[str]) -> LiveSettings:
        """Return the settings with kept values in place of those that were not given."""
        names = {field.name for field in fields(self)}
        used = {name: value for name, value in values.items() if name in names and name not in given}
        for name in used.keys() & {"strengths", "gains"}:
            used[name] = tuple(used[name].items())  # type: ignore[attr-defined]
        if "muted" in used:
            used["muted"] = tuple(used["muted"])  # type: ignore[arg-type]
        if "out" in used:
            used["out"] = Path(str(used["out"]))
        return replace(self, **used, kept=frozenset(used))  # type: ignore[arg-type]

    def adjustments(self) -> Adjustments:
        """Return what is changed of what was tracked. Raises InputError for unknown parts and signals."""
        return Adjustments(dict(self.strengths), dict(self.gains), frozenset(self.muted))

    @property
    def loops(self) -> bool:
        """Whether a clip or take starts again when it ends."""
        return self.record is None if self.loop is None else self.loop
