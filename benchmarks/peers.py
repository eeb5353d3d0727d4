"""Time what the pipeline is compared with: the bare tracker, and the mapping alone."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from flame_model.find_heads import load_head
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.records.take import load_take
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver

ASSETS = Path(__file__).parents[1] / "assets"


def bare_tracker_seconds(clip: Path, bundle: Path) -> float:
    """Return the seconds that FaceLandmarker alone takes for a clip: decode, convert and detect."""
    start = time.perf_counter()
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle)),
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
        running_mode=vision.RunningMode.VIDEO,
    )
    video = cv2.VideoCapture(str(clip))
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        index = 0
        while True:
            there, picture = video.read()
            if not there:
                break
            rgb = np.ascontiguousarray(picture[:, :, ::-1])
            landmarker.detect_for_video(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb), index * 33)
            index += 1
    return time.perf_counter() - start


def mapping_ms() -> float:
    """Return the median milliseconds from an observation of the demo take to head parameters."""
    head = load_head("builtin")
    solver = ScoreSolver(ScoreMapping.default())
    driver = Driver(solver, head.joint_regressor @ head.template, placement=Placement())
    take = load_take(ASSETS / "takes" / "demo.npz")
    times = []
    for observation, time_s in zip(take.observations, take.times, strict=True):
        start = time.perf_counter()
        driver.follow(observation, float(time_s))
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1e3
