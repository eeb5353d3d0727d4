"""Scores to FLAME coefficients: python examples/scores_to_flame.py take.npz mapping_folder out.npz"""

import sys
from pathlib import Path

import numpy as np

import flame_cam

take, folder, out = sys.argv[1:]
observations = [each for each in flame_cam.load_take(Path(take)).observations if each is not None]
scores = np.stack([observation.scores for observation in observations])  # (N, 52)
mapping = flame_cam.ScoreMapping.load(folder)
expression, pose, eye_pose = mapping.convert(blendshape_scores=scores)
np.savez(out, exp=expression, pose=pose, eye_pose=eye_pose)  # (N, E), (N, 6), (N, 6)
