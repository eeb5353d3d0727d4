"""Plot which part of the face each signal moves, and how far."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from flame_model.arrays import Array
from flame_model.deform import PreparedHead, deform, prepare, vertex_normals
from flame_model.head import Head
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

COLUMNS = 13
"""Number of faces in a row."""
LEAST_MM = 0.05
"""Displacement in millimetres up to which a signal counts as moving nothing."""
_SKIN, _MOVED = np.array([0.82, 0.80, 0.78]), np.array([0.85, 0.05, 0.0])
"""RGB colours of a vertex that stays and of the one that moves farthest, 0..1."""
_PANEL = (1.5, 2.2)
"""Width and height of one face with its title, inches."""
_COVER = 4.0
"""Area of a vertex's dot over that of the surface around the vertex, large enough to leave no gaps."""
_MARGIN_M = 0.01
"""Metres around the moving vertices that are drawn."""
_FACING = 0.1
"""Least z of the normal of a vertex that is drawn."""


def signal_displacements(head: Head, mapping: ScoreMapping) -> Array:
    """Return the distance (52, V) in millimetres that each vertex moves when one signal goes from 0 to 1."""
    prepared = prepare(head)
    rest = _posed(prepared, mapping, np.zeros(SIGNAL_COUNT))
    alone = (_posed(prepared, mapping, scores) for scores in np.eye(SIGNAL_COUNT))
    return np.array([1e3 * np.linalg.norm(posed - rest, axis=1) for posed in alone])


def draw_displacements(head: Head, displacements: Array, out: Path) -> None:
    """Write one face per signal to a PNG, coloured by the distances (52, V) in millimetres."""
    facing = vertex_normals(head.template, head.faces)[:, 2]
    seen = np.flatnonzero((facing > _FACING) & _near_what_moves(head, displacements))
    order = seen[np.argsort(head.template[seen, 2])]
    across, up = head.template[order, :2].T
    shade = 0.35 + 0.65 * facing[order, None]
    points_per_metre = 72.0 * _PANEL[1] / float(np.ptp(up))
    dots = _COVER * _areas(head)[order] * points_per_metre**2
    rows = math.ceil(SIGNAL_COUNT / COLUMNS)
    figure = Figure(figsize=(COLUMNS * _PANEL[0], rows * _PANEL[1] + 0.5))
    figure.subplots_adjust(0.005, 0.01, 0.995, 0.89, 0.05, 0.2)
    figure.suptitle(f"{head.name}: what a signal at full strength moves; full red moves as far as stated")
    for index, name in enumerate(MEDIAPIPE_NAMES):
        axes = figure.add_subplot(rows, COLUMNS, index + 1)
        moved = displacements[index, order]
        most = float(moved.max())
        share = moved[:, None] / max(most, LEAST_MM)
        axes.scatter(across, up, c=shade * (_SKIN + share * (_MOVED - _SKIN)), s=dots, linewidths=0)
        axes.set_title(f"{name}\n{f'{most:.1f} mm' if most > LEAST_MM else 'does nothing'}", fontsize=7)
        axes.set_aspect("equal")
        axes.set_axis_off()
    figure.savefig(out, dpi=110)


def _areas(head: Head) -> Array:
    """Return the area (V,) of the surface that belongs to each vertex, square metres."""
    a, b, c = head.template[head.faces].transpose(1, 0, 2)
    thirds = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 6.0
    return np.bincount(head.faces.ravel(), np.repeat(thirds, 3), minlength=len(head.template))


def _near_what_moves(head: Head, displacements: Array) -> Array:
    """Return which vertices (V,) are near moving ones: those of the head without its shoulders."""
    moving = head.template[displacements.max(axis=0) > LEAST_MM, :2]
    if not len(moving):
        return np.ones(len(head.template), dtype=bool)
    least, greatest = moving.min(axis=0) - _MARGIN_M, moving.max(axis=0) + _MARGIN_M
    return np.asarray(((head.template[:, :2] >= least) & (head.template[:, :2] <= greatest)).all(axis=1))


def _posed(prepared: PreparedHead, mapping: ScoreMapping, scores: Array) -> Array:
    return deform(prepared, mapping.coefficients(scores).params())
