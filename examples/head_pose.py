"""Print the head pose in a picture: python examples/head_pose.py photo.jpg"""

import sys

import numpy as np

import flame_cam

photo = sys.argv[1]
with flame_cam.open_source(photo) as source, flame_cam.FaceTracker() as tracker:
    observation = tracker.observe(next(source.frames()))
if observation is None:
    sys.exit(f"No face was found in {photo}.")
pose = observation.T_camera_face  # (4, 4), x right, y up; the camera looks along -z
yaw, pitch, roll = np.degrees(flame_cam.yaw_pitch_roll(pose[:3, :3]))
x, y, z = pose[:3, 3]
print(f"yaw {yaw:.1f}, pitch {pitch:.1f}, roll {roll:.1f} degrees at ({x:.2f}, {y:.2f}, {z:.2f}) metres")
