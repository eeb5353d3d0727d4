"""Turn scores into FLAME coefficients: python examples/scores_to_flame.py take.npz mapping_folder out.npz"""

import sys

import numpy as np

import flame_cam

take_file, mapping_folder, out = sys.argv[1:]
take = flame_cam.load_take(take_file)  # as flame-cam track --landmarks writes it
scores = np.stack([each.scores for each in take.observations if each is not None])  # (N, 52)
mapping = flame_cam.ScoreMapping.load(mapping_folder)
expression, pose, eye_pose = mapping.convert(blendshape_scores=scores)
# (N, E); (N, 6): the head's rotation, always zero, and the jaw; (N, 6): the left and the right eye
np.savez(out, exp=expression, pose=pose, eye_pose=eye_pose)
