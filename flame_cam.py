"""The public face of flame-cam: what scripts may use, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flame_model.deform import PreparedHead, deform, prepare, vertex_normals
from flame_model.errors import FlameCamError
from flame_model.files.head_file import load_head, save_head
from flame_model.head import Head, Material
from flame_model.params import HeadParams, rest_params
from mappings.frames import FaceObservation, Frame
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.records.take import Take, load_take, save_take
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES
from mappings.tracking.bundle import locate_bundle

if TYPE_CHECKING:
    from mappings.tracking.tracker import FaceTracker

__all__ = [
    "ARKIT_NAMES",
    "MEDIAPIPE_NAMES",
    "Driver",
    "FaceObservation",
    "FaceTracker",
    "FlameCamError",
    "Frame",
    "Head",
    "HeadParams",
    "Material",
    "Placement",
    "PreparedHead",
    "ScoreMapping",
    "Take",
    "deform",
    "load_head",
    "load_take",
    "locate_bundle",
    "prepare",
    "rest_params",
    "save_head",
    "save_take",
    "vertex_normals",
]


def __getattr__(name: str) -> Any:
    """Import the tracker when it is asked for: MediaPipe takes half a second."""
    if name == "FaceTracker":
        from mappings.tracking.tracker import FaceTracker

        return FaceTracker
    raise AttributeError(f"module 'flame_cam' has no attribute {name!r}")
