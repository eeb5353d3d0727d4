"""Measure the colours and the size of GIFs on the demo, and write docs/gif.md.

    python -m benchmarks.gif

The GIFs are compared with the pictures that they were made of, and with the MP4 made of the same pictures.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.model.animated_head import AnimatedHead
from app.pipeline.animated_frames import animate
from app.pipeline.placing import framed_placement
from app.pipeline.resample import resample
from app.pipeline.whole_source import observe_source, open_whole_source
from app.recording import open_writer
from benchmarks.face_regions import REGIONS, region_finder
from benchmarks.gif_errors import color_error, flicker, gif_frames, mp4_frames, pixel_error
from benchmarks.gif_peer import write_peer
from flame_model.arrays import FlagArray, Picture
from flame_model.find_heads import BUILTIN
from render.framing import Framing
from render.framing_names import DEFAULT_FRAMING
from render.offscreen_renderer import OffscreenRenderer
from render.scene.background import Background
from scripts.run_demo import GIF_FPS, GIF_SIZE

REPORT = Path(__file__).parents[1] / "docs" / "gif.md"
HEADING = """# GIFs

Written by `python -m benchmarks.gif`, which draws the demo as an MP4, as our GIF and as the GIF of FFmpeg's
filters palettegen and paletteuse. All errors are mean distances in CIELAB. The colour of a region is the mean
of its pixels, and the regions lie between the head's landmarks. Single pixels are compared with the drawing,
because the MP4 halves the resolution of colours. A pixel flickers by what its colour changes in the GIF from
one frame to the next while it is the same in the drawing.

| what | ours | FFmpeg's | bound |
|---|---:|---:|---:|
"""
SIZE, FPS = (360, 360), 20.0
"""(W, H) and rate at which both GIFs are compared."""
STICKER = (256, 256)
"""(W, H) of the GIF with a transparent background."""
MEGABYTE = 1e6
Row = tuple[str, str, str, str]
"""What was measured, the values of our GIF and of FFmpeg's, and the bound of ours."""


def main() -> None:
    """Measure, print and write the page."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [*color_rows(Path(folder)), sticker_row(Path(folder)), demo_row(Path(folder))]
    text = HEADING + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def color_rows(folder: Path) -> Iterator[Row]:
    """Yield a row for each region's colour error, for flickering and for the size."""
    pictures, masks = drawn_demo(SIZE, FPS)
    mp4, ours, peer = folder / "demo.mp4", folder / "demo.gif", folder / "peer.gif"
    for path in (mp4, ours):
        write(path, pictures, FPS)
    write_peer(peer, pictures, FPS)
    wanted = list(mp4_frames(mp4))
    shown = [list(gif_frames(path)) for path in (ours, peer)]
    for region in REGIONS:
        errors = [color_error(frames, wanted, masks, region) for frames in shown]
        yield f"colour of the {region} against the MP4", f"{errors[0]:.2f}", f"{errors[1]:.2f}", "3"
    for region in REGIONS:
        errors = [pixel_error(frames, pictures, masks, region) for frames in shown]
        yield f"pixels of the {region} against the drawing", f"{errors[0]:.2f}", f"{errors[1]:.2f}", "3"
    flickers = [flicker(frames, pictures) for frames in shown]
    yield "flickering of pixels that stay the same", f"{flickers[0]:.3f}", f"{flickers[1]:.3f}", "0.01"
    yield f"size at {SIZE[0]}x{SIZE[1]}, {FPS:g} frames per second", *sizes(ours, peer)


def sticker_row(folder: Path) -> Row:
    """Measure the size of the demo on a transparent background."""
    pictures, _ = drawn_demo(STICKER, FPS, "transparent")
    ours, peer = folder / "sticker.gif", folder / "sticker_peer.gif"
    write(ours, pictures, FPS, alpha=True)
    write_peer(peer, pictures, FPS)
    return f"size at {STICKER[0]}x{STICKER[1]}, {FPS:g} frames per second, transparent", *sizes(ours, peer)


def demo_row(folder: Path) -> Row:
    """Measure the size of the GIF that `make run` writes."""
    path = folder / "run.gif"
    width, height = (int(side) for side in GIF_SIZE.split("x"))
    pictures, _ = drawn_demo((width, height), float(GIF_FPS))
    write(path, pictures, float(GIF_FPS))
    what = f"size of `make run`'s GIF ({GIF_SIZE}, {GIF_FPS} frames per second)"
    return what, f"{path.stat().st_size / MEGABYTE:.1f} MB", "", "5 MB"


def drawn_demo(
    size: tuple[int, int], fps: float, background: str = "studio"
) -> tuple[list[Picture], list[dict[str, FlagArray]]]:
    """Return the demo's pictures at a size (W, H) and rate, and each picture's regions."""
    animated = AnimatedHead.load(BUILTIN, hair=None)
    framing = Framing.named(DEFAULT_FRAMING)
    driver = animated.driver(framed_placement(animated.head, framing), smoothing=None)
    regions_of = region_finder(animated.head)
    pictures, masks = [], []
    with (
        open_whole_source("demo", None) as source,
        OffscreenRenderer(
            animated.head, size, background=Background.parse(background), framing=framing
        ) as renderer,
    ):
        frames = animate(observe_source(source, None, print), driver)
        for frame in resample(frames, fps, lambda: source.last_s):
            pictures.append(renderer.draw(frame.params))
            masks.append(regions_of(frame.params, renderer.camera, size))
    return pictures, masks


def write(path: Path, pictures: list[Picture], fps: float, *, alpha: bool = False) -> None:
    """Write pictures (H, W, 4) of one size as `flame-cam render` does."""
    height, width = pictures[0].shape[:2]
    with open_writer(path, (width, height), fps, alpha=alpha) as writer:
        for picture in pictures:
            writer.add(picture)


def sizes(ours: Path, peer: Path) -> tuple[str, str, str]:
    """Return the sizes of both files and the bound of ours, which is the peer's."""
    size, most = (f"{path.stat().st_size / MEGABYTE:.1f} MB" for path in (ours, peer))
    return size, most, most


if __name__ == "__main__":
    main()
