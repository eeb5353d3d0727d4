"""Open the writer for an output path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.recording.output_format import check_output, suffix_of
from app.recording.queued_writer import QueuedWriter
from app.recording.sound.contract import Sound
from app.recording.writer import Writer
from flame_model.notices import Say

if TYPE_CHECKING:
    # The encoders take a quarter of a second to import, which a window that opens need not wait for.
    from app.recording.recorded_clip import RecordedClip
    from app.recording.spooled_writer import Encode

_SLOW = (".webm",)
"""Formats besides GIF that take longer to write than live pictures take to come."""


def open_writer(
    path: str | Path,
    size: tuple[int, int],
    fps: float,
    *,
    alpha: bool = False,
    gif_bytes: int | None = None,
    sound: Sound | None = None,
    say: Say = lambda _: None,
) -> QueuedWriter:
    """Open an output for pictures of `size` (W, H) in pixels at `fps` frames per second.

        with open_writer("out.gif", (360, 360), fps=30.0) as writer:
            writer.add(picture)  # (H, W, 4) RGBA uint8, top row first, as OffscreenRenderer.draw returns it

    The path names the format: .mp4, .webm, .gif, .webp, .png (animated), or a folder without a suffix for
    numbered PNG files. An existing output is replaced when the writer closes. Encoding runs on a thread of
    its own. `alpha` keeps transparency, which MP4 cannot; without it every pixel is opaque. A GIF of more
    than `gif_bytes` becomes smaller and slower until it fits, and `say` is told how. MP4 and WebM hold
    `sound`, which is closed with the file. Raises OutputError, before any work, where suffix, size, rate or
    transparency do not fit or the path cannot be written.
    """
    writer = open_file_writer(Path(path), size, fps, alpha=alpha, gif_bytes=gif_bytes, sound=sound, say=say)
    return QueuedWriter(writer, size)


def open_file_writer(
    path: Path,
    size: tuple[int, int],
    fps: float,
    *,
    alpha: bool,
    gif_bytes: int | None = None,
    live: bool = False,
    sound: Sound | None = None,
    say: Say = lambda _: None,
) -> Writer:
    """Open an output as `open_writer` does, but to encode on the calling thread.

    `live` pictures do not wait: a format that takes longer to write than they to come is written in `finish`.
    """
    suffix = suffix_of(path)
    check_output(path, suffix, size, fps, alpha)
    if suffix == ".gif" and (live or gif_bytes is not None):
        return _spooled(path, size, fps, alpha, _gif_encoder(path, fps, gif_bytes, say))
    if suffix in _SLOW and live:
        return _spooled(path, size, fps, alpha, _encoder(suffix, fps, alpha), sound=sound)
    return _plain_writer(path, suffix, size, fps, alpha, sound=sound)


def _spooled(
    path: Path, size: tuple[int, int], fps: float, alpha: bool, encode: Encode, *, sound: Sound | None = None
) -> Writer:
    from app.recording.spooled_writer import SpooledWriter

    return SpooledWriter(path, size, fps, alpha=alpha, encode=encode, sound=sound)


def _gif_encoder(path: Path, fps: float, gif_bytes: int | None, say: Say) -> Encode:
    def encode(clip: RecordedClip, made: Path) -> int:
        from app.recording.formats.gif.fitting import GifEncoder

        return GifEncoder(clip, path, fps=fps).write(made, gif_bytes, say)

    return encode


def _encoder(suffix: str, fps: float, alpha: bool) -> Encode:
    def encode(clip: RecordedClip, made: Path) -> int:
        from app.sources.clips.sound import open_clip_sound

        sound = open_clip_sound(clip.path)
        with _plain_writer(made, suffix, clip.size, fps, alpha, sound=sound) as writer:
            for _, rgba in clip.pictures():
                writer.add(rgba)
        return writer.frames

    return encode


def _plain_writer(
    path: Path,
    suffix: str,
    size: tuple[int, int],
    fps: float,
    alpha: bool,
    *,
    sound: Sound | None = None,
) -> Writer:
    if suffix == ".mp4":
        from app.recording.formats.mp4 import Mp4Writer

        return Mp4Writer(path, size, fps, sound=sound)
    if suffix == ".webm":
        from app.recording.formats.webm import WebmWriter

        return WebmWriter(path, size, fps, alpha=alpha, sound=sound)
    if suffix == ".gif":
        from app.recording.formats.gif.writer import GifWriter

        return GifWriter(path, size, fps, alpha=alpha)
    if suffix == ".webp":
        from app.recording.formats.webp import WebpWriter

        return WebpWriter(path, size, fps, alpha=alpha)
    if suffix == ".png":
        from app.recording.formats.apng import ApngWriter

        return ApngWriter(path, size, fps, alpha=alpha)
    from app.recording.formats.png_folder import FolderWriter

    return FolderWriter(path, alpha=alpha)
