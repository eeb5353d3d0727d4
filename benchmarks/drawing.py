"""Time the drawing of one frame of the built-in head, with flame-cam and with pyrender.

pyrender rebuilds the mesh for every frame. Import this after `render.platform.backend.select`: PyOpenGL
binds to one platform when it is imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyrender
import trimesh
from OpenGL import GL

from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from render.offscreen_renderer import OffscreenRenderer

SIZE = (720, 720)
"""(W, H) of the drawings."""
FRAMES = 30
"""Number of drawings that are timed."""


def drawing_times() -> tuple[float, float, str]:
    """Return median seconds for a 720x720 frame with readback, ours and pyrender's, and the GL renderer."""
    head = load_head("builtin")
    ours, renderer = frame_seconds(head)
    return ours, _median_seconds(_pyrender_drawing(head), _moving_params(head)), renderer


def frame_seconds(head: Head) -> tuple[float, str]:
    """Return the median seconds for one 720x720 frame of a head with readback, and the GL renderer."""
    with OffscreenRenderer(head, SIZE) as renderer:
        name = GL.glGetString(GL.GL_RENDERER).decode()
        seconds = _median_seconds(renderer.draw, _moving_params(head))
    return seconds, name


def _moving_params(head: Head) -> list[HeadParams]:
    rng = np.random.default_rng(0)
    rest = rest_params(head.expression_count)
    return [
        replace(
            rest, expression=rng.uniform(0, 0.5, head.expression_count), rotation=rng.uniform(-0.2, 0.2, 3)
        )
        for _ in range(FRAMES)
    ]


def _median_seconds(draw: Callable[[HeadParams], object], frames: list[HeadParams]) -> float:
    draw(frames[0])
    times = []
    for params in frames:
        start = time.perf_counter()
        draw(params)
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def _pyrender_drawing(head: Head) -> Callable[[HeadParams], object]:
    """Return a function that deforms with NumPy, rebuilds the mesh and draws it, as viewers of smplx do."""
    prepared = prepare(head)
    renderer = pyrender.OffscreenRenderer(*SIZE)
    pose = np.eye(4)
    pose[:3, 3] = 0.0, -0.02, 1.2

    def draw(params: HeadParams) -> object:
        mesh = trimesh.Trimesh(
            deform(prepared, params), head.faces, vertex_colors=head.vertex_colors, process=False
        )
        scene = pyrender.Scene()
        scene.add(pyrender.Mesh.from_trimesh(mesh))
        scene.add(pyrender.PerspectiveCamera(yfov=0.3), pose=pose)
        scene.add(pyrender.DirectionalLight(intensity=3.0), pose=pose)
        return renderer.render(scene)

    return draw
