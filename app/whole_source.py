"""Offline sources: every frame, in order, with nothing dropped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from app.observer import Observed, Observer
from app.sources import Source, SourceLost, SourceNotice, open_source

Say = Callable[[str], object]


def open_whole_source(spec: str, frames: int | None) -> Source:
    """Open a source for every frame; a picture is repeated when several `frames` are asked for."""
    source = open_source(spec, live=False)
    if source.frame_count == 1 and frames is not None and frames > 1:
        source.close()
        return open_source(spec, live=False, loop=True)
    return source


def has_pictures(source: Source) -> bool:
    """Return whether a tracker is needed; a take carries observations only."""
    return source.size is not None


def open_observer(source: Source, landmarker: Path | None) -> Observer:
    """Return an observer for what `source` gives; raises TrackerBundleError where pictures lack a bundle."""
    if not has_pictures(source):
        return Observer(None)
    from mappings.bundle import locate_bundle
    from mappings.tracker import FaceTracker

    return Observer(FaceTracker(locate_bundle(landmarker)))


def observe_source(source: Source, landmarker: Path | None, say: Say) -> Generator[Observed, None, None]:
    """Return every frame with what is seen in it; the tracker lives as long as the iteration, on its thread.

    `landmarker` names the bundle, None for the usual places, where it is looked for at once: a download has
    to be on the caller's thread, the only one that Ctrl-C reaches. What the source has to say goes to `say`.
    Raises TrackerBundleError.
    """
    if has_pictures(source):
        from mappings.bundle import locate_bundle

        landmarker = locate_bundle(landmarker)
    return _observed(source, landmarker, say)


def _observed(source: Source, landmarker: Path | None, say: Say) -> Generator[Observed, None, None]:
    with closing(open_observer(source, landmarker)) as observer:
        for item in source:
            if isinstance(item, SourceLost | SourceNotice):
                say(item.text)
            else:
                yield observer.observe(item)
