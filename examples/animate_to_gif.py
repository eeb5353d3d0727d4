"""Animate a head from a clip and save a GIF: python examples/animate_to_gif.py clip.mp4 out.gif"""

import sys

import flame_cam

clip, out = sys.argv[1:]
animated = flame_cam.AnimatedHead.load("builtin")
with (
    flame_cam.open_source(clip) as source,
    flame_cam.FaceTracker() as tracker,
    flame_cam.OffscreenRenderer(animated.head, (360, 360)) as renderer,
    flame_cam.open_writer(out, (360, 360), fps=source.fps or 30.0) as writer,
):
    for frame in source:
        params = animated.follow(tracker.observe(frame), frame.time_s)
        writer.add(renderer.draw(params))
