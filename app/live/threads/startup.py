"""Open source and tracker on threads of their own while the window opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.live.settings import LiveSettings
from app.pipeline.backgrounds import backdrop_of
from app.pipeline.observer import Observer
from app.pipeline.whole_source import open_observer
from app.sources import Source, open_source
from app.system.opening import Opening
from flame_model.notices import Say
from mappings.downloads.address import without_login

STARTING = "starting the tracker"
PATIENCE_S = 5.0
"""Time that a source gets to report its own error where no window could open."""


class Startup:
    """The source and the observer of a run, each opened on a thread of its own; `close` ends both.

    Their exceptions are raised wherever the result is asked for.
    """

    def __init__(self, settings: LiveSettings, say: Say, clock: Callable[[], float]) -> None:
        """Start opening both; notices of the tracker go to `say`, from the tracking thread."""
        self._settings = settings
        self._say = say
        self._clock = clock
        self._source = Opening("source", self._open_source)
        self._observer = Opening("tracker", self._open_observer)

    @property
    def source_name(self) -> str:
        """The source's name for the window, whether it is open or not."""
        spec = self._settings.source
        return without_login(spec) if "://" in spec else Path(spec).name or spec

    @property
    def awaited(self) -> str:
        """What the first frame waits for."""
        return STARTING if self._source.done else f"opening {self.source_name}"

    @property
    def ready(self) -> Source | None:
        """The source once the observer is open too, else None. Raises SourceError or TrackerBundleError."""
        source = self._source.opened
        return None if self._observer.opened is None else source

    def source(self) -> Source:
        """Wait for the source and return it. Raises SourceError."""
        return self._source.wait()

    def wait(self) -> None:
        """Wait until source and observer are open. Raises SourceError or TrackerBundleError."""
        self._observer.wait()

    def take_observer(self) -> Observer:
        """Wait for the observer and take it over: the caller closes it. Raises what `wait` raises."""
        return self._observer.take()

    def raise_failure(self, patience_s: float = 0.0) -> None:
        """Raise the exception of an opening that has failed or fails within `patience_s`."""
        for opening in (self._source, self._observer):
            with suppress(TimeoutError):
                opening.wait(patience_s)

    def close(self) -> None:
        """Close both, at once or as soon as they open, and wake the threads that wait for them."""
        self._observer.abandon()
        self._source.abandon()

    def _open_source(self) -> Source:
        settings = self._settings
        color = backdrop_of(settings.background)
        return open_source(settings.source, live=True, loop=settings.loops, clock=self._clock, backdrop=color)

    def _open_observer(self) -> Observer:
        source = self._source.wait()
        observer = open_observer(source, self._settings.landmarker, self._say, self._settings.zoom)
        mirror = self._settings.mirror
        observer.mirror = source.is_camera if mirror is None else mirror
        return observer
