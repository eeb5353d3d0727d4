"""Save the vertices of every frame as one array: python examples/vertices.py clip.mp4 out.npy"""

import sys

import numpy as np

import flame_cam

clip, out = sys.argv[1:]
animated = flame_cam.AnimatedHead.load("builtin")
prepared = flame_cam.prepare(animated.head)  # what all frames share, computed once
with flame_cam.open_source(clip) as source, flame_cam.FaceTracker() as tracker:
    params = [animated.follow(tracker.observe(frame), frame.time_s) for frame in source.frames()]
np.save(out, np.stack([flame_cam.deform(prepared, each) for each in params]))  # (frames, vertices, 3) metres
