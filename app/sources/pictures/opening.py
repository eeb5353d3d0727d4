"""From a picture file to its source: held still, or played where it is animated."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.sources.contract import Playback, Source
from app.sources.held import HeldSource
from app.sources.pictures.file import open_picture, reading
from app.sources.pictures.hdr import high_range_of
from app.sources.pictures.kind import Kind
from app.sources.pictures.pixels import shown

_ANIMATED_KINDS = ("GIF", "PNG", "WEBP", "AVIF")
"""The others hold several pictures too: pages, a phone's second exposure, a depth map; the first is meant."""


def open_picture_source(path: Path, kind: Kind, playback: Playback) -> Source:
    """Open a picture of the kind that `picture_kind` found; raises SourceError."""
    with reading(path):
        try:
            picture = open_picture(path, kind)
        except UnidentifiedImageError:
            if kind != "TIFF":
                raise
            from app.sources.pictures.rare_tiff import rare_tiff

            return HeldSource(path.name, rare_tiff(path), playback)
        return _source(picture, path, kind, playback)


def _source(picture: Image.Image, path: Path, kind: Kind, playback: Playback) -> Source:
    """Return the source of an open picture, which is closed."""
    with picture:
        span = _animation(picture, kind)
        if len(span) <= 1:
            if span.start:
                picture.seek(span.start)
            image = shown(picture, playback.backdrop, high_range_of(path, kind))
            return HeldSource(path.name, image, playback)
    from app.sources.pictures.animated import AnimatedSource

    return AnimatedSource(path, kind, span, playback)


def _animation(picture: Image.Image, kind: Kind) -> range:
    """Return the places of the pictures that are shown."""
    if kind not in _ANIMATED_KINDS:
        return range(1)
    try:
        count = int(getattr(picture, "n_frames", 1))
    except Exception:
        # A GIF is counted by reading through it; up to its damage it can be played.
        count = picture.tell() + 1
    # An animated PNG may begin with a picture for those that cannot play it.
    return range(1 if picture.info.get("default_image") else 0, count)
