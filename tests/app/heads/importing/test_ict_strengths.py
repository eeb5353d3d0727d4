"""ICT-FaceKit's shapes are made as strong as its mapping drives them, so that every component ends at 1."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from app.heads.importing.ict_strengths import ICT_STRENGTHS
from app.heads.importing.read_head import ImportedHead, read_any_head
from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.ict import read_ict
from flame_model.ict.archive import read_meshes
from flame_model.params import rest_params
from flame_model.rigging.eyeball import find_eye
from mappings.scores.ict_mapping import ICT_DRIVE, ict_mapping
from mappings.scores.signal_limits import SHAPE_RANGE
from mappings.signals import MEDIAPIPE_INDEX

INSIDE_M = 2.2e-4
"""Half-shut lids of wide eyes are pressed in by 0.21 mm at 1.6 times the archive's shape."""
ROUNDING_M = 2.0**-18


@pytest.fixture(scope="module")
def archive(test_data: Path) -> Path:
    """Return an ICT-FaceKit archive."""
    return test_data / "heads" / "ICT-FaceKit-master.zip"


@pytest.fixture(scope="module")
def imported(archive: Path) -> ImportedHead:
    """Return the head that `flame-cam heads add` makes of the archive."""
    with TemporaryDirectory() as scratch:
        return read_any_head(archive, Path(scratch), print)


def test_components_go_from_0_to_1(imported: ImportedHead) -> None:
    assert imported.make_mapping
    arrays = imported.make_mapping(imported.head)
    assert np.array_equal(np.unique(arrays["bs2exp"]), [0.0, 1.0])
    assert not arrays["exp_intercept"].any()


def test_signals_move_the_head_as_far_as_the_solver_moves_the_archives_shapes(
    archive: Path, imported: ImportedHead
) -> None:
    assert imported.make_mapping
    plain, head = read_ict(archive), imported.head
    weak, full = ict_mapping(plain)["bs2exp"], imported.make_mapping(head)["bs2exp"]
    farthest = np.full(len(weak), SHAPE_RANGE)
    farthest[MEDIAPIPE_INDEX["mouthClose"]] = ICT_DRIVE.gains["mouthClose"]
    moved = np.einsum("se,vxe->svx", np.minimum(weak, farthest[:, None]), plain.expression_basis[::10])
    # Each of up to two components is rounded once by itself, and again times its strength.
    off = np.abs(np.einsum("se,vxe->svx", full, head.expression_basis[::10]) - moved).max()
    assert off < 2.0 * farthest.max() * ROUNDING_M


def test_every_strength_belongs_to_a_shape(archive: Path) -> None:
    assert set(ICT_STRENGTHS) <= {name.partition("_")[0] for name in read_meshes(archive).expressions}


def test_lids_follow_a_look_aside_as_far_as_the_builtin_heads_do(imported: ImportedHead) -> None:
    moved = []
    for head in (imported.head, load_head("builtin")):
        prepared, rest, eye = prepare(head), rest_params(head.expression_count), find_eye(head, 0)
        looks = [np.array([[0.0, angle, 0.0]] * 2, dtype=np.float32) for angle in (-0.1, 0.1)]
        right, left = (deform(prepared, replace(rest, eyes=look.reshape(rest.eyes.shape))) for look in looks)
        spoke = np.linalg.norm(head.template - eye.center, axis=1)
        lids = (spoke > eye.radius) & (spoke < 1.2 * eye.radius) & (head.skin_weights[:, 3] < 0.5)
        lids &= head.template[:, 2] > eye.center[2]
        moved.append(np.linalg.norm(left - right, axis=1)[lids].mean())
    assert 0.5 < moved[0] / moved[1] < 1.5


@pytest.mark.parametrize("closure", [0.0, 0.5, 1.0])
def test_no_component_pushes_skin_into_an_eyeball(imported: ImportedHead, closure: float) -> None:
    head = imported.head
    prepared, rest, eye = prepare(head), rest_params(head.expression_count), find_eye(head, 0)
    names = [material.name for material in head.materials]
    skin = np.unique(head.faces[head.face_materials == names.index("skin")])
    near = skin[np.linalg.norm(head.template[skin] - eye.center, axis=1) < 0.03]
    faces = [np.ones(head.expression_count), *np.eye(head.expression_count)]
    for expression in faces:
        posed = deform(prepared, replace(rest, expression=expression, eyelids=np.full(2, closure)))[near]
        assert np.linalg.norm(posed - eye.center, axis=1).min() > eye.radius - INSIDE_M
