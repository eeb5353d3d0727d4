"""Choose the writer for an output path, and check size, rate and transparency before it opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.recording.queued_writer import QueuedWriter
from app.recording.writer import Writer
from flame_model.errors import OutputError
from flame_model.files.paths import is_folder, is_special
from flame_model.files.writing.move_into_place import left_beside

ACCEPTED = ".mp4, .gif, .webp, .png (animated), or a folder name without a suffix for numbered PNG files"
_MAX_SIDE = 16383
"""Pixels; the largest side that H.264 (16384) and WebP (16383) both take."""
_SUFFIXES = ("", ".mp4", ".gif", ".webp", ".png")
OPAQUE_SUFFIXES = (".mp4",)
_MOST_FPS = 1000.0
"""WebP counts in milliseconds."""
_MOST_GIF_FPS = 50.0
"""Browsers play a GIF slowly where a frame lasts less than two hundredths of a second."""


def open_writer(path: str | Path, size: tuple[int, int], fps: float, *, alpha: bool = False) -> QueuedWriter:
    """Open an output for pictures of `size` (W, H) in pixels at `fps` frames per second.

        with open_writer("out.gif", (360, 360), fps=30.0) as writer:
            writer.add(picture)  # (H, W, 4) RGBA uint8, top row first, as OffscreenRenderer.draw returns it

    The path names the format: .mp4, .gif, .webp, .png (animated), or a folder without a suffix for numbered
    PNG files. An existing output is replaced when the writer closes. Encoding runs on a thread of its own.
    `alpha` keeps transparency, which MP4 cannot; without it every pixel is opaque. Raises OutputError, before
    any work, where suffix, size, rate or transparency do not fit or the path cannot be written.
    """
    return QueuedWriter(open_file_writer(Path(path), size, fps, alpha=alpha), size)


def open_file_writer(path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> Writer:
    """Open an output as `open_writer` does, but to encode on the calling thread."""
    suffix = "" if holds_frames(path) else path.suffix.lower()
    _check(path, suffix, size, fps, alpha)
    if suffix == ".mp4":
        from app.recording.formats.mp4 import Mp4Writer

        return Mp4Writer(path, size, fps)
    if suffix == ".gif":
        from app.recording.formats.gif import GifWriter

        return GifWriter(path, size, fps, alpha=alpha)
    if suffix == ".webp":
        from app.recording.formats.webp import WebpWriter

        return WebpWriter(path, size, fps, alpha=alpha)
    if suffix == ".png":
        from app.recording.formats.apng import ApngWriter

        return ApngWriter(path, size, fps, alpha=alpha)
    from app.recording.formats.png_folder import FolderWriter

    return FolderWriter(path, alpha=alpha)


def file_or_folder(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files and the folders that the writer for an output path makes: one of either."""
    return ((), (path,)) if holds_frames(path) else ((path,), ())


def holds_frames(path: Path) -> bool:
    """Return whether an output is a folder of numbered pictures."""
    return not path.suffix or is_folder(path)


def notes_on(path: Path, size: tuple[int, int]) -> Iterator[str]:
    """Yield notices about an output that is going to be opened for pictures of `size` (W, H)."""
    width, height = (side + side % 2 for side in size)
    if path.suffix.lower() == ".mp4" and not holds_frames(path) and (width, height) != size:
        yield (
            f"{path.name} gets {width}x{height} pixels: MP4 holds even sides only, so the last row or column "
            "is repeated."
        )
    for left in left_beside(path):
        yield f"{left} holds what another run wrote for {path.name}; it was killed or is still running."


def holds_alpha(path: Path) -> bool:
    """Return whether the format of an output path can be transparent."""
    return holds_frames(path) or path.suffix.lower() not in OPAQUE_SUFFIXES


def playable_rate(path: Path, fps: float) -> float:
    """Return the rate nearest to `fps` that the format of an output path plays."""
    return min(fps, _MOST_GIF_FPS) if path.suffix.lower() == ".gif" else fps


def require_recordable(path: Path, size: tuple[int, int], fps: float) -> None:
    """Raise OutputError for a suffix, size or rate that `open_writer` would refuse; create nothing."""
    _check(path, "" if holds_frames(path) else path.suffix.lower(), size, fps, alpha=False)


def _check(path: Path, suffix: str, size: tuple[int, int], fps: float, alpha: bool) -> None:
    """Raise OutputError for an output that no writer can write."""
    if is_special(path):
        raise OutputError(f"{path} is no ordinary file and cannot hold a recording; name another output.")
    if suffix not in _SUFFIXES:
        raise OutputError(f"'{path.name}' has the suffix {suffix}, which cannot be written; give {ACCEPTED}.")
    if not all(1 <= side <= _MAX_SIDE for side in size):
        raise OutputError(
            f"A picture of {size[0]}x{size[1]} cannot be written; give sides of 1 to {_MAX_SIDE}."
        )
    if not 0 < fps <= _MOST_FPS:
        raise OutputError(
            f"{fps:g} frames a second cannot be written; give --fps above 0, at most {_MOST_FPS:g}."
        )
    if suffix == ".gif" and fps > _MOST_GIF_FPS:
        raise OutputError(
            f"A GIF plays at most {_MOST_GIF_FPS:g} frames a second, not {fps:g}; give --fps "
            f"{_MOST_GIF_FPS:g} or another format."
        )
    if suffix == ".mp4" and alpha:
        raise OutputError(f"{path.name} cannot be transparent: MP4 holds no alpha; use .webp, .png or .gif.")
