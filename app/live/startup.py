"""Everything slow before the first picture, side by side: source and tracker while the window opens."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from app.live.settings import LiveSettings
from app.observer import Observer
from app.sources import Source, open_source
from app.whole_source import Say, open_observer


class Startup:
    """Open source and tracker on threads; close both at the end of the `with` block.

    What goes wrong is raised by whoever asks for the result.
    """

    def __init__(self, settings: LiveSettings, say: Say, clock: Callable[[], float]) -> None:
        """Begin to open; what the tracker has to tell later goes to `say`, from its own thread."""
        self._settings = settings
        self._say = say
        self._clock = clock
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="startup")
        self._source = self._threads.submit(self._open_source)
        self._observer = self._threads.submit(self._open_observer)

    def source(self) -> Source:
        """Wait for the source; raises SourceError."""
        return self._source.result()

    def observer(self) -> Observer:
        """Wait for the observer; raises SourceError or TrackerBundleError."""
        return self._observer.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown()
        for opened in (self._observer, self._source):
            # Whoever asked for it has been told already.
            with suppress(Exception):
                opened.result().close()

    def _open_source(self) -> Source:
        return open_source(self._settings.source, live=True, loop=self._settings.loop, clock=self._clock)

    def _open_observer(self) -> Observer:
        source = self._source.result()
        observer = open_observer(source, self._settings.landmarker, self._say, self._settings.zoom)
        wanted = self._settings.mirror
        observer.mirror = source.is_camera if wanted is None else wanted
        return observer
