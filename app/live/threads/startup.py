"""Everything slow before the first picture, side by side: source and tracker while the window opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.live.settings import LiveSettings
from app.live.threads.opening import Opening
from app.pipeline.observer import Observer
from app.pipeline.whole_source import backdrop_color, open_observer
from app.sources import Source, open_source
from flame_model.notices import Say
from mappings.downloads.address import without_login
from render.look import Background

PATIENCE_S = 5.0
"""For a source's own error, where there is nothing to be seen anyway."""


class Startup:
    """Open source and tracker on threads; `close` ends both.

    Nobody has to wait for them: one that hangs is left behind. What goes wrong is raised by whoever asks for
    the result.
    """

    def __init__(self, settings: LiveSettings, say: Say, clock: Callable[[], float]) -> None:
        """Begin to open; what the tracker has to tell later goes to `say`, from its own thread."""
        self._settings = settings
        self._say = say
        self._clock = clock
        self._source = Opening("source", self._open_source)
        self._observer = Opening("tracker", self._open_observer)

    @property
    def source_name(self) -> str:
        """What to call the source, whether it is open or not."""
        spec = self._settings.source
        return without_login(spec) if "://" in spec else Path(spec).name or spec

    @property
    def opened(self) -> Source | None:
        """The source once it is open; raises SourceError."""
        return self._source.opened

    def source(self) -> Source:
        """Wait for the source; raises SourceError."""
        return self._source.wait()

    def wait(self) -> None:
        """Wait for both; raises SourceError or TrackerBundleError."""
        self._observer.wait()

    def take_observer(self) -> Observer:
        """Wait for the observer, which from then on is the caller's to close; raises as `wait`."""
        return self._observer.take()

    def raise_failure(self, patience_s: float = 0.0) -> None:
        """Raise what has gone wrong so far, or does so within `patience_s`."""
        for opening in (self._source, self._observer):
            with suppress(TimeoutError):
                opening.wait(patience_s)

    def close(self) -> None:
        """Close both, now or as soon as they are open, and wake whoever waits for them."""
        self._observer.abandon()
        self._source.abandon()

    def _open_source(self) -> Source:
        settings = self._settings
        behind = backdrop_color(Background.parse(settings.background))
        return open_source(settings.source, live=True, loop=settings.loop, clock=self._clock, backdrop=behind)

    def _open_observer(self) -> Observer:
        source = self._source.wait()
        observer = open_observer(source, self._settings.landmarker, self._say, self._settings.zoom)
        wanted = self._settings.mirror
        observer.mirror = source.is_camera if wanted is None else wanted
        return observer
