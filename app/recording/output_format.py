"""What output formats hold: suffixes, largest size and rate, transparency, one file or a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.paths import is_folder, is_special
from flame_model.files.writing.move_into_place import left_beside

ACCEPTED = (
    ".mp4, .webm, .gif, .webp, .png (animated), or a folder name without a suffix for numbered PNG files"
)
MEGABYTE = 1_000_000
"""Bytes; the smaller of its two meanings, so that a file fits in both."""
LEFT_SUFFIX = ".mkv"
"""Suffix of the hidden video in which the pictures of a slow format wait."""
_MAX_SIDE = 16383
"""Pixels; the largest side that H.264 (16384) and WebP (16383) both take."""
_SUFFIXES = ("", ".mp4", ".webm", ".gif", ".webp", ".png")
OPAQUE_SUFFIXES = (".mp4",)
_WITH_SOUND = (".mp4", ".webm")
_EVEN = {".mp4": "MP4", ".webm": "WebM"}
_MOST_FPS = 1000.0
"""WebP counts in milliseconds."""
_MOST_GIF_FPS = 50.0
"""Browsers play a GIF slowly where a frame lasts less than two hundredths of a second."""


def file_or_folder(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files and the folders that the writer for an output path makes: one of either."""
    return ((), (path,)) if holds_frames(path) else ((path,), ())


def holds_frames(path: Path) -> bool:
    """Return whether an output is a folder of numbered pictures."""
    return not path.suffix or is_folder(path)


def suffix_of(path: Path) -> str:
    """Return the suffix that names the format of an output, "" for a folder of pictures."""
    return "" if holds_frames(path) else path.suffix.lower()


def notes_on(path: Path, size: tuple[int, int]) -> Iterator[str]:
    """Yield notices about an output that is going to be opened for pictures of `size` (W, H)."""
    width, height = (side + side % 2 for side in size)
    if (suffix := suffix_of(path)) in _EVEN and (width, height) != size:
        yield (
            f"{path.name} gets {width}x{height} pixels: {_EVEN[suffix]} holds even sides only, so the last "
            "row or column is repeated."
        )
    for left in left_beside(path, LEFT_SUFFIX):
        yield f"{left} holds what another run wrote for {path.name}; it was killed or is still running."


def holds_alpha(path: Path) -> bool:
    """Return whether the format of an output path can be transparent."""
    return holds_frames(path) or path.suffix.lower() not in OPAQUE_SUFFIXES


def holds_sound(path: Path) -> bool:
    """Return whether the format of an output path can hold sound."""
    return suffix_of(path) in _WITH_SOUND


def playable_rate(path: Path, fps: float) -> float:
    """Return the rate nearest to `fps` that the format of an output path plays."""
    return min(fps, _MOST_GIF_FPS) if path.suffix.lower() == ".gif" else fps


def bytes_in(megabytes: float | None) -> int | None:
    """Return megabytes as bytes, None for None."""
    return None if megabytes is None else round(megabytes * MEGABYTE)


def require_recordable(path: Path, size: tuple[int, int], fps: float) -> None:
    """Raise OutputError for a suffix, size or rate that `open_writer` would refuse; create nothing."""
    check_output(path, suffix_of(path), size, fps, alpha=False)


def check_output(path: Path, suffix: str, size: tuple[int, int], fps: float, alpha: bool) -> None:
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
        raise OutputError(
            f"{path.name} cannot be transparent: MP4 holds no alpha; use .webm, .webp, .png or .gif."
        )
