"""Open a source and its tracker, and observe every frame of it in order."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.pipeline.observer import ObservedFrame, Observer
from app.sources import BLACK, Color, Source, open_source
from app.sources.still import StillSource
from flame_model.notices import Say
from mappings.tracking.views.zoom import Zoom

if TYPE_CHECKING:
    # Importing MediaPipe takes half a second, which a take does not need.
    from mappings.tracking.people.person_finder import PersonFinder


def open_whole_source(spec: str, frames: int | None, backdrop: Color = BLACK) -> Source:
    """Open a source that yields every frame; a still picture repeats when several `frames` are asked for.

    `backdrop` is the colour behind transparent pictures.
    """
    source = open_source(spec, live=False, backdrop=backdrop)
    if source.frame_count == 1 and frames is not None and frames > 1:
        source.close()
        return open_source(spec, live=False, loop=True, backdrop=backdrop)
    return source


def has_pictures(source: Source) -> bool:
    """Return whether a source yields pictures, which need a tracker; a take has observations only."""
    return source.size is not None


def is_still(source: Source) -> bool:
    """Return whether all frames of a source are the same picture."""
    return isinstance(source, StillSource)


def open_observer(
    source: Source,
    landmarker: Path | None,
    say: Say = lambda _: None,
    zoom: Zoom | None = None,
    *,
    smoothed: bool = False,
) -> Observer:
    """Return an observer for the items of `source`; its tracker's notices go to `say`.

    `zoom` selects the part of the pictures that is tracked; `smoothed` is that of FaceTracker. Raises
    TrackerBundleError where the source has pictures and there is no bundle.
    """
    return _observer(source, _bundle(source, landmarker), say, zoom, smoothed)


def _bundle(source: Source, landmarker: Path | None) -> Path | None:
    """Return the bundle that pictures need, None for a take. Raises TrackerBundleError."""
    if not has_pictures(source):
        return None
    from mappings.tracking.landmarker_bundle import locate_bundle

    return locate_bundle(landmarker)


def _observer(
    source: Source, bundle: Path | None, say: Say, zoom: Zoom | None, smoothed: bool = False
) -> Observer:
    if bundle is None:
        return Observer(None)
    from mappings.tracking.people.person_tracker import PersonTracker

    tracker = PersonTracker(bundle, still=is_still(source), zoom=zoom, say=say, smoothed=smoothed)
    return Observer(tracker)


def open_finder(source: Source, landmarker: Path | None, say: Say) -> PersonFinder:
    """Return a finder for the person in single pictures of `source`. Raises TrackerBundleError."""
    from mappings.tracking.landmarker_bundle import locate_bundle
    from mappings.tracking.people.person_finder import PersonFinder

    return PersonFinder(locate_bundle(landmarker), still=is_still(source), say=say)


def observe_source(
    source: Source, landmarker: Path | None, say: Say, zoom: Zoom | None = None
) -> Generator[ObservedFrame, None, None]:
    """Yield every frame of `source` with its observation.

    The tracker lives as long as the iteration and on its thread. The bundle `landmarker`, None for the usual
    places, is located by this call already: a download has to run on the caller's thread, the only one that
    Ctrl-C reaches. `zoom` selects the part of the pictures that is tracked. Notices of source and tracker go
    to `say`. Raises TrackerBundleError.
    """
    return _observed(source, _bundle(source, landmarker), say, zoom)


def _observed(
    source: Source, bundle: Path | None, say: Say, zoom: Zoom | None
) -> Generator[ObservedFrame, None, None]:
    with closing(_observer(source, bundle, say, zoom)) as observer:
        yield from map(observer.observe, source.observable(say))
