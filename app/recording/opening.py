"""From an output path to the writer for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.recording.background import BackgroundWriter
from app.recording.writer import Writer
from flame_model.errors import OutputError
from flame_model.files.standing import is_folder, is_special
from flame_model.files.writing.placing import left_beside

ACCEPTED = ".mp4, .gif, .webp, .png (animated), or a folder name without a suffix for numbered PNG files"
_MAX_SIDE = 16383
"""The largest side that H.264 (16384) and WebP (16383) both take."""


def open_writer(
    path: str | Path, size: tuple[int, int], fps: float, *, alpha: bool = False
) -> BackgroundWriter:
    """Open an output for pictures of `size` (W, H) at `fps`, by its suffix; it encodes on its own thread.

    `alpha` keeps transparency, otherwise every pixel is opaque. Raises OutputError before any work where the
    suffix, size, rate or transparency does not fit or the path cannot be written.
    """
    return BackgroundWriter(open_file_writer(Path(path), size, fps, alpha=alpha), size)


def open_file_writer(path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> Writer:
    """Open an output that encodes on the calling thread; otherwise as `open_writer`."""
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
    from app.recording.formats.folder import FolderWriter

    return FolderWriter(path, alpha=alpha)


def file_or_folder(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the output among files or among folders, as its writer makes it."""
    return ((), (path,)) if holds_frames(path) else ((path,), ())


def holds_frames(path: Path) -> bool:
    """Tell whether an output is a folder of numbered pictures."""
    return not path.suffix or is_folder(path)


def notes_on(path: Path, size: tuple[int, int]) -> Iterator[str]:
    """Yield what a person should know of an output before it is opened for pictures of `size` (W, H)."""
    width, height = (side + side % 2 for side in size)
    if path.suffix.lower() == ".mp4" and not holds_frames(path) and (width, height) != size:
        yield f"{path.name} is {width}x{height}: MP4 holds even sides only, so the last row or column repeats"
    for left in left_beside(path):
        yield f"what a killed run, or one that still goes on, wrote for {path.name} is in {left}"


def require_recordable(path: Path, size: tuple[int, int], fps: float) -> None:
    """Raise OutputError for a suffix, size or rate that `open_writer` would refuse; nothing is created."""
    _check(path, "" if holds_frames(path) else path.suffix.lower(), size, fps, alpha=False)


def _check(path: Path, suffix: str, size: tuple[int, int], fps: float, alpha: bool) -> None:
    """Raise OutputError for what no writer can do."""
    if is_special(path):
        raise OutputError(f"{path} is no ordinary file, and only such hold a recording; name another output.")
    if suffix not in ("", ".mp4", ".gif", ".webp", ".png"):
        raise OutputError(f"'{path.name}' has the suffix {suffix}, which is not written; give {ACCEPTED}.")
    if not all(1 <= side <= _MAX_SIDE for side in size):
        raise OutputError(
            f"A picture of {size[0]}x{size[1]} cannot be written; give sides of 1 to {_MAX_SIDE}."
        )
    if not 0 < fps <= 1000:
        raise OutputError(f"{fps:g} frames a second cannot be written; give --fps above 0, at most 1000.")
    if suffix == ".gif" and fps > 50:
        raise OutputError(
            f"A GIF plays at most 50 frames a second, not {fps:g}; give --fps 50 or another format."
        )
    if suffix == ".mp4" and alpha:
        raise OutputError(f"{path.name} cannot be transparent: MP4 holds no alpha; use .webp, .png or .gif.")
