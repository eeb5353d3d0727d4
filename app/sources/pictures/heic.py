"""Open HEIC, the photos of phones, with pi-heif where it is installed."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from flame_model.errors import SourceError

_BOX_HEAD = 8
_TO_THE_END = 0
_LENGTH_FOLLOWS = 1


def open_heic(path: Path) -> Image.Image:
    """Open the primary image, its tiles composed and turned as the file asks.

    Raises SourceError without pi-heif, EOFError where the file is truncated, and whatever Pillow raises.
    """
    try:
        from pi_heif import register_heif_opener
    except ImportError as error:
        raise SourceError(
            f"{path} is a HEIC picture, which needs another package; install it (pip install pi-heif) or "
            "save the picture as JPEG first."
        ) from error
    # Only the primary image is shown; of the others not even the headers are read.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    if _is_cut(path):
        # libheif would leave missing tiles grey.
        raise EOFError
    return Image.open(path, formats=("HEIF",))


def _is_cut(path: Path) -> bool:
    """Return whether the file's boxes reach beyond its end (ISO/IEC 14496-12, section 4.2)."""
    length, place = path.stat().st_size, 0
    with path.open("rb") as file:
        while place + _BOX_HEAD <= length:
            file.seek(place)
            head = file.read(2 * _BOX_HEAD)
            size = int.from_bytes(head[:4], "big")
            if size == _LENGTH_FOLLOWS:
                size = int.from_bytes(head[_BOX_HEAD:], "big")
            if size == _TO_THE_END:
                return False
            place += max(size, _BOX_HEAD)
    return place > length
