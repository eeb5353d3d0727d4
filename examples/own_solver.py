"""Replace the solver by your own: python examples/own_solver.py clip.mp4 out.npy"""

import sys

import numpy as np

import flame_cam


class ExaggeratingSolver(flame_cam.ScoreSolver):
    """Doubles the expression coefficients that the mapping gives."""

    def solve(self, observation, T_scene_face, neutral_face):
        coefficients, rotation = super().solve(observation, T_scene_face, neutral_face)
        return flame_cam.Solved(coefficients._replace(expression=2.0 * coefficients.expression), rotation)


clip, out = sys.argv[1:]
animated = flame_cam.AnimatedHead.load("builtin")
driver = animated.driver(flame_cam.Placement(), solver=ExaggeratingSolver(animated.mapping))
with flame_cam.open_source(clip) as source, flame_cam.FaceTracker() as tracker:
    params = [driver.follow(tracker.observe(frame), frame.time_s) for frame in source.frames()]
np.save(out, np.stack([each.expression for each in params]))  # (frames, components)
