"""Drive a head from a source of your own: python examples/own_source.py photo.jpg out.gif"""

import sys

import flame_cam

photo, out = sys.argv[1:]
animated = flame_cam.AnimatedHead.load("builtin")
with flame_cam.open_source(photo) as still:
    image = next(iter(still)).image  # (H, W, 3) RGB uint8


def panning():
    for index in range(12):
        yield flame_cam.Frame(index, time_s=index / 12, image=image[:, index * image.shape[1] // 100 :])


with (
    flame_cam.FaceTracker() as tracker,
    flame_cam.OffscreenRenderer(animated.head, (256, 256)) as renderer,
    flame_cam.open_writer(out, (256, 256), fps=12) as writer,
):
    for frame in panning():
        writer.add(renderer.draw(animated.follow(tracker.observe(frame), frame.time_s)))
