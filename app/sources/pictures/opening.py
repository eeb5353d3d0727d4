"""Open a picture file as a source: a still, or a clip where the picture is animated."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.sources.contract import Source
from app.sources.pictures.color import hdr_coding
from app.sources.pictures.converting import displayed
from app.sources.pictures.formats import Kind
from app.sources.pictures.pillow_reader import open_picture, reading_picture
from app.sources.playback import Playback
from app.sources.still import StillSource

_ANIMATED_KINDS = ("GIF", "PNG", "WEBP", "AVIF")
"""The other formats also hold several pictures: pages, a phone's second exposure, a depth map. Of those the
first is shown."""


def open_picture_source(path: Path, kind: Kind, playback: Playback) -> Source:
    """Open a picture of the format that `picture_kind` found; raises SourceError."""
    with reading_picture(path):
        try:
            picture = open_picture(path, kind)
        except UnidentifiedImageError:
            if kind != "TIFF":
                raise
            from app.sources.pictures.tiff import read_with_opencv

            return StillSource(path.name, read_with_opencv(path), playback)
        return _source(picture, path, kind, playback)


def _source(picture: Image.Image, path: Path, kind: Kind, playback: Playback) -> Source:
    """Return the source of an open picture, and close the picture."""
    with picture:
        span = _animation(picture, kind)
        if len(span) <= 1:
            if span.start:
                picture.seek(span.start)
            image = displayed(picture, playback.backdrop, hdr_coding(path, kind))
            return StillSource(path.name, image, playback)
    from app.sources.pictures.animated import AnimatedSource

    return AnimatedSource(path, kind, span, playback)


def _animation(picture: Image.Image, kind: Kind) -> range:
    """Return the indices of the pictures that are shown."""
    if kind not in _ANIMATED_KINDS:
        return range(1)
    try:
        count = int(getattr(picture, "n_frames", 1))
    except Exception:
        # Pillow counts a GIF by reading through it; the pictures before the damage can be shown.
        count = picture.tell() + 1
    # An animated PNG may begin with a picture for programs that do not show animations.
    return range(1 if picture.info.get("default_image") else 0, count)
