"""Drive a head by frames of your own: python examples/own_source.py photo.jpg out.gif"""

import sys

import flame_cam

photo, out = sys.argv[1:]
with flame_cam.open_source(photo) as source:
    picture = next(source.frames()).image  # (height, width, 3) RGB uint8


def frames_of_a_pan(step):
    for index in range(12):
        yield flame_cam.Frame(index, time_s=index / 12, image=picture[:, index * step :])


animated = flame_cam.AnimatedHead.load("builtin")
with (
    flame_cam.FaceTracker() as tracker,
    flame_cam.OffscreenRenderer(animated.head, (256, 256)) as renderer,
    flame_cam.open_writer(out, (256, 256), fps=12) as writer,
):
    for frame in frames_of_a_pan(step=picture.shape[1] // 100):
        writer.add(renderer.draw(animated.follow(tracker.observe(frame), frame.time_s)))
