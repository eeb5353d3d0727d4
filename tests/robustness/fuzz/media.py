"""Small valid pictures and clips of every kind, made by code."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import av
import numpy as np
from PIL import Image

SIZE = (48, 32)
FRAMES = 6
_CLIPS = {
    "clip.mp4": "libx264",
    "clip.mkv": "libx264",
    "clip.ts": "mpeg2video",
    "clip.avi": "mjpeg",
    "clip.webm": "libvpx",
    "clip.mov": "mpeg4",
}


def picture(step: int) -> np.ndarray:
    """Return (H, W, 3) RGB with a gradient and a square that moves."""
    across, down = np.meshgrid(np.linspace(0, 255, SIZE[0]), np.linspace(0, 255, SIZE[1]))
    image = np.stack([across, down, np.full_like(across, 90)], axis=-1).astype(np.uint8)
    image[8:20, 3 * step : 3 * step + 12] = (250, 40, 10)
    return image


def picture_files() -> dict[str, bytes]:
    """Return a still of every kind, and animations."""
    stills = [Image.fromarray(picture(step)) for step in range(FRAMES)]
    files = {
        f"still.{suffix}": _saved(stills[0], kind)
        for suffix, kind in (
            ("png", "PNG"),
            ("jpg", "JPEG"),
            ("webp", "WEBP"),
            ("bmp", "BMP"),
            ("tif", "TIFF"),
            ("avif", "AVIF"),
            ("gif", "GIF"),
        )
    }
    files["grey.png"] = _saved(Image.fromarray(picture(0)[..., 0].astype(np.uint16) * 257), "PNG")
    files["float.tif"] = _saved(Image.fromarray(picture(0)[..., 0].astype(np.float32) / 255), "TIFF")
    for suffix, kind in (("png", "PNG"), ("gif", "GIF"), ("webp", "WEBP"), ("avif", "AVIF")):
        moving = {"save_all": True, "append_images": stills[1:], "duration": [40, 200, 40, 10, 0, 90]}
        files[f"moving.{suffix}"] = _saved(stills[0], kind, **moving)
    return files


def clip_files() -> dict[str, bytes]:
    """Return a clip in every container."""
    return {name: _clip(name, codec) for name, codec in _CLIPS.items()}


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    memory = io.BytesIO()
    image.save(memory, kind, **options)
    return memory.getvalue()


def _clip(name: str, codec: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=25)
            stream.width, stream.height = SIZE
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            for step in range(FRAMES):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture(step), format="rgb24")))
            container.mux(stream.encode(None))
        return path.read_bytes()
