"""Head pose in one picture: python examples/head_pose.py photo.jpg"""

import sys

import numpy as np

import flame_cam

photo = sys.argv[1]
with flame_cam.open_source(photo) as source, flame_cam.FaceTracker() as tracker:
    observation = tracker.observe(next(iter(source)))
if observation is None:
    sys.exit(f"No face was found in {photo}.")
yaw, pitch, roll = np.degrees(flame_cam.yaw_pitch_roll(observation.T_camera_face[:3, :3]))
x, y, z = observation.T_camera_face[:3, 3]
print(f"yaw {yaw:.1f}, pitch {pitch:.1f}, roll {roll:.1f} degrees at ({x:.2f}, {y:.2f}, {z:.2f}) metres")
