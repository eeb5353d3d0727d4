"""The public names of flame-cam: scripts may use these and nothing else.

    import flame_cam

    animated = flame_cam.AnimatedHead.load("builtin")
    with (
        flame_cam.open_source("clip.mp4") as source,
        flame_cam.FaceTracker() as tracker,
        flame_cam.OffscreenRenderer(animated.head, (360, 360)) as renderer,
        flame_cam.open_writer("clip.gif", (360, 360), fps=source.fps or 30.0) as writer,
    ):
        for frame in source.frames():
            params = animated.follow(tracker.observe(frame), frame.time_s)
            writer.add(renderer.draw(params))

A name is imported when it is first used, so that `import flame_cam` takes a few milliseconds and loads
neither OpenGL nor MediaPipe. `examples/` has a short script for each task. The names by what they are for:

    pictures in     open_source, Source, Frame
    observations    FaceTracker, FaceObservation, locate_bundle, MEDIAPIPE_NAMES, ARKIT_NAMES
    recordings      Take, load_take, save_take
    heads           load_head, save_head, Head, Material
    animation       AnimatedHead, Driver, Placement, Adjustments
    solvers         Solver, ScoreSolver, Solved, Coefficients, ScoreMapping
    geometry        HeadParams, rest_params, prepare, PreparedHead, deform, vertex_normals, yaw_pitch_roll
    the scene       Lighting, environment, Background, PictureBackground, Framing
    pictures out    OffscreenRenderer, open_writer
    all in one      render

Every error that is raised on purpose is a FlameCamError:

    FlameCamError                 str(error) is one or two sentences: what is wrong and how to fix it
    |- InputError                 an option or an input is wrong
    |  |- SourceError             a source cannot be opened or gives no picture
    |  |- HeadFileError           a head file cannot be read
    |  |- MappingFileError        a mapping folder cannot be read
    |  |- OutputError             an output cannot be written
    |  `- UnreadableError         any other file cannot be read
    |     `- MissingFileError     the file does not exist
    |- TrackerBundleError         face_landmarker.task is missing, damaged or cannot be downloaded
    |- DownloadError              another download fails
    `- GraphicsError              there is no OpenGL 3.3, no display, or a shader does not compile
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.model.animated_head import AnimatedHead
    from app.offline.render import render
    from app.recording import open_writer
    from app.sources import Source, open_source
    from flame_model.deform import PreparedHead, deform, prepare, vertex_normals
    from flame_model.errors import (
        DownloadError,
        FlameCamError,
        GraphicsError,
        HeadFileError,
        InputError,
        MappingFileError,
        MissingFileError,
        OutputError,
        SourceError,
        TrackerBundleError,
        UnreadableError,
    )
    from flame_model.files.head_file import save_head
    from flame_model.find_heads import load_head
    from flame_model.head import Head, Material
    from flame_model.params import HeadParams, rest_params
    from flame_model.rotations import yaw_pitch_roll
    from mappings.adjusting.adjustments import Adjustments
    from mappings.frames import FaceObservation, Frame
    from mappings.motion.driver import Driver
    from mappings.motion.placement import Placement
    from mappings.records.take import Take, load_take, save_take
    from mappings.scores.score_mapping import Coefficients, ScoreMapping
    from mappings.scores.solver import ScoreSolver, Solved, Solver
    from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES
    from mappings.tracking.landmarker_bundle import locate_bundle
    from mappings.tracking.tracker import FaceTracker
    from render.framing import Framing
    from render.offscreen_renderer import OffscreenRenderer
    from render.scene.background import Background, PictureBackground
    from render.scene.environments import environment
    from render.scene.lighting import Lighting

_HOMES = {
    "app.model.animated_head": ("AnimatedHead",),
    "app.offline.render": ("render",),
    "app.recording": ("open_writer",),
    "app.sources": ("Source", "open_source"),
    "flame_model.deform": ("PreparedHead", "deform", "prepare", "vertex_normals"),
    "flame_model.errors": (
        "DownloadError",
        "FlameCamError",
        "GraphicsError",
        "HeadFileError",
        "InputError",
        "MappingFileError",
        "MissingFileError",
        "OutputError",
        "SourceError",
        "TrackerBundleError",
        "UnreadableError",
    ),
    "flame_model.files.head_file": ("save_head",),
    "flame_model.head": ("Head", "Material"),
    "flame_model.find_heads": ("load_head",),
    "flame_model.params": ("HeadParams", "rest_params"),
    "flame_model.rotations": ("yaw_pitch_roll",),
    "mappings.adjusting.adjustments": ("Adjustments",),
    "mappings.frames": ("FaceObservation", "Frame"),
    "mappings.motion.driver": ("Driver",),
    "mappings.motion.placement": ("Placement",),
    "mappings.records.take": ("Take", "load_take", "save_take"),
    "mappings.scores.score_mapping": ("Coefficients", "ScoreMapping"),
    "mappings.scores.solver": ("ScoreSolver", "Solved", "Solver"),
    "mappings.signals": ("ARKIT_NAMES", "MEDIAPIPE_NAMES"),
    "mappings.tracking.landmarker_bundle": ("locate_bundle",),
    "mappings.tracking.tracker": ("FaceTracker",),
    "render.framing": ("Framing",),
    "render.offscreen_renderer": ("OffscreenRenderer",),
    "render.scene.background": ("Background", "PictureBackground"),
    "render.scene.environments": ("environment",),
    "render.scene.lighting": ("Lighting",),
}
"""The public names by module. Type checkers and editors read the same names in the block above."""
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'flame_cam' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
