"""Animate a head from a clip and save a GIF: python examples/animate_to_gif.py clip.mp4 out.gif"""

import sys

import flame_cam

clip, out = sys.argv[1:]
size = (360, 360)  # width and height in pixels
animated = flame_cam.AnimatedHead.load("builtin")
with (
    flame_cam.open_source(clip) as source,
    flame_cam.FaceTracker() as tracker,
    flame_cam.OffscreenRenderer(animated.head, size) as renderer,
    flame_cam.open_writer(out, size, fps=source.fps or 30.0) as writer,
):
    for frame in source.frames():
        observation = tracker.observe(frame)  # None where there is no face
        params = animated.follow(observation, frame.time_s)
        writer.add(renderer.draw(params))
