"""Small valid files of every kind, made by code."""

from __future__ import annotations

import io
import json
import pickle
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from mappings.frames import FaceObservation
from mappings.records.gathered import Gathered
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT
from tests.robustness.fuzz.readers import small_head

FRAMES = 3


def npz(**arrays: Any) -> bytes:
    """Return an archive of arrays."""
    memory = io.BytesIO()
    np.savez_compressed(memory, **arrays)
    return memory.getvalue()


def npy(array: Any) -> bytes:
    """Return a single array's file."""
    memory = io.BytesIO()
    np.save(memory, np.asarray(array))
    return memory.getvalue()


def zipped(**members: bytes) -> bytes:
    """Return a zip archive."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def written(write: Callable[[Path], object], name: str) -> bytes:
    """Return the bytes that `write` writes to a file called `name`."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


@cache
def gathered() -> Gathered:
    """Return three frames of a clip."""
    random = np.random.default_rng(0)
    return Gathered(
        scores=random.uniform(size=(FRAMES, SIGNAL_COUNT)).astype(np.float32),
        landmarks=random.uniform(0, 400, (FRAMES, 478, 3)).astype(np.float32),
        T_camera_face=np.tile(np.eye(4, dtype=np.float32), (FRAMES, 1, 1)),
        image_size=np.full((FRAMES, 2), 400, dtype=np.int32),
        time_s=np.arange(FRAMES, dtype=np.float32) / 32,
        frame=np.arange(FRAMES, dtype=np.int32),
        clip=np.zeros(FRAMES, dtype=np.int32),
        person=np.zeros(FRAMES, dtype=np.int32),
        clip_names=("clip",),
        left_out=np.zeros((1, 4), dtype=np.int32),
    )


def take_files() -> dict[str, bytes]:
    """Return takes of ours and of another program."""
    from mappings.records.take import Take, save_take

    data = gathered()
    observations: list[FaceObservation | None] = [data.observation(row) for row in range(FRAMES)]
    observations[1] = None
    take = Take("take", tuple(observations), np.arange(FRAMES) / 30.0, 30.0)
    ours = written(lambda path: save_take(take, path), "take.npz")
    turns = np.full((FRAMES, 3), 0.1)
    others = npz(
        time_s=take.times,
        found=np.ones(FRAMES),
        scores=data.scores,
        landmarks=data.landmarks,
        score_names=MEDIAPIPE_NAMES,
        **dict.fromkeys(("rotation", "neck", "translation"), turns),
    )
    return {"take.npz": ours, "others.npz": others, "take.journal": written(_write_journal, "take.journal")}


def _write_journal(path: Path) -> None:
    """Write what an interrupted recording leaves."""
    from mappings.records.take_journal import TakeJournal

    data, journal = gathered(), TakeJournal(path, (1, 0.0))
    for row in range(FRAMES):
        journal.add(None if row == 1 else data.observation(row), row / 30.0)
    journal.close()


def head_files() -> dict[str, bytes]:
    """Return heads as FLAME files, a file of ours and an archive with one in it."""
    from flame_model.files.head_file import save_head
    from tests.flame_files import flame_arrays, write_flame_file

    head = small_head()
    flame = {
        flavour: written(lambda path, f=flavour: write_flame_file(head, path, f), "head.pkl")
        for flavour in ("pkl_protocol_5", "pkl_sparse", "pkl_python_2")
    }
    # Of a known smaller size: as text, an array takes three times the bytes.
    arrays = flame_arrays(head)
    text = pickle.dumps({**arrays, "shapedirs": arrays["shapedirs"][..., 290:310]}, protocol=0)
    return {
        **{f"{flavour}.pkl": content for flavour, content in flame.items()},
        "text.pkl": text,
        "flame.npz": npz(**flame_arrays(head)),
        "ours.npz": written(lambda path: save_head(head, path), "head.npz"),
        "archive.zip": zipped(**{"FLAME2020/generic_model.pkl": flame["pkl_sparse"], **_companions()}),
    }


def ict_files() -> dict[str, bytes]:
    """Return an archive with ICT-FaceKit's layout whose points are all in one place."""
    from flame_model.ict import layout

    points = b"\nv 0 0 0" * layout.VERTEX_COUNT + b"\nvt 0 0"
    folder = "ICT-FaceKit-master/FaceXModel/"
    archive = zipped(
        **{
            folder + "generic_neutral_mesh.obj": points + b"\nf 1/1 2/2 3/3 4/4" * layout.POLYGON_COUNT,
            folder + "vertex_indices.json": json.dumps({"expressions": ["jawOpen"]}).encode(),
            folder + "jawOpen.obj": points,
            folder + "identity000.obj": points,
        }
    )
    return {"ict.zip": archive}


def gathered_files() -> dict[str, bytes]:
    """Return gathered data."""
    return {"data.npz": written(gathered().save, "data.npz")}


def label_files() -> dict[str, bytes]:
    """Return labels matched by number, scores, frames and file names."""
    random = np.random.default_rng(1)
    arrays = {"exp": random.normal(size=(FRAMES, 12)), "eye_pose": np.zeros((FRAMES, 6))}
    jaw, pose = {"jaw_pose": np.zeros((FRAMES, 3))}, {"pose": np.zeros((FRAMES, 6))}
    names = np.array([f"clip/{row:05d}.png" for row in range(FRAMES)])
    return {
        "labels.npz": npz(**arrays, **jaw, edition="2020"),
        "scores.npz": npz(**arrays, **pose, scores=gathered().scores, score_names=MEDIAPIPE_NAMES),
        "frames.npz": npz(**arrays, **jaw, frame=np.arange(FRAMES)),
        "named.npz": npz(**arrays, **jaw, filename=names),
    }


def identity_files() -> dict[str, bytes]:
    """Return identities in every form."""
    values = [0.5, -1.0, 2.0]
    return {
        "identity.npy": npy(values),
        "rows.npz": npz(betas=[values, values]),
        "list.json": b"\xef\xbb\xbf" + json.dumps(values).encode(),
        "betas.json": json.dumps({"betas": [values]}).encode(),
        "parts.json": json.dumps({"1": 0.5, "3": -2}).encode(),
    }


def profile_files() -> dict[str, bytes]:
    """Return a profile with everything in it."""
    from flame_model.face.measured_face import bundled_measurement
    from mappings.person.profile import Profile
    from mappings.person.profile_text import profile_text

    plain = Profile()
    whole = Profile(plain.correction, bundled_measurement().neutral, np.eye(3))
    return {"plain.toml": profile_text(plain).encode(), "whole.toml": profile_text(whole).encode()}


@cache
def mapping_files() -> dict[str, bytes]:
    """Return the files of a mapping folder."""
    from mappings.response.response_file import save_response
    from mappings.scores.perceptron import Perceptron
    from mappings.scores.score_mapping import ScoreMapping
    from tests.synthetic_response import synthetic_response

    random = np.random.default_rng(2)
    columns = {"bs2exp": 12, "bs2jaw": 3, "bs2eye": 6, "bs2eyelids": 2}
    fit = {"data": "d", "data_licence": "l", "labels": "x", "model": "ridge", "people": 2, "frames": 9}
    fit |= {"held_out": "people", "held_out_r2": {"jaw": 0.5}, "strengths": {"jaw": 1.0}}
    card = {"head": "small", "expression_count": 12, "licence": "MIT", "source": "a test", "fit": fit}
    layers = [random.normal(0, 0.1, shape) for shape in ((SIGNAL_COUNT, 4), (4,), (4, 23), (23,))]
    files = {
        f"{name}.npy": npy(random.normal(0, 0.1, (SIGNAL_COUNT, count))) for name, count in columns.items()
    }
    files |= {
        "exp_intercept.npy": npy(np.zeros(12)),
        "score_bounds.npy": npy(np.stack([np.zeros(SIGNAL_COUNT), np.ones(SIGNAL_COUNT)])),
        "mapping.json": json.dumps(card).encode(),
        "mlp.npz": written(Perceptron(*map(np.float32, layers)).save, "mlp.npz"),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        response = synthetic_response(ScoreMapping.load(folder))
    return files | {"response.npz": written(lambda path: save_response(response, path), "response.npz")}


def _companions() -> dict[str, bytes]:
    from app.heads.importing.companion_files import EMBEDDING_FILE, MASKS_FILE, MESH_FILE, TEXTURE_FILE

    head = small_head()
    random = np.random.default_rng(3)
    points = random.uniform(size=(len(head.template), 2))
    mesh = [f"v {x} {y} {z}" for x, y, z in head.template] + [f"vt {u} {v}" for u, v in points]
    mesh += ["f " + " ".join(f"{i + 1}/{i + 1}" for i in face) for face in head.faces]
    places = {
        "lmk_face_idx": random.integers(0, len(head.faces), 105),
        "lmk_b_coords": random.dirichlet(np.ones(3), 105),
        "landmark_indices": random.permutation(468)[:105],
    }
    masks = {"scalp": np.arange(9), "lips": np.arange(4), "neck": [1, 2, 3]}
    return {
        EMBEDDING_FILE: npz(**places),
        MASKS_FILE: pickle.dumps(masks, protocol=2),
        TEXTURE_FILE: npz(mean=random.uniform(0, 255, (8, 8, 3)), vt=points, ft=head.faces),
        MESH_FILE: "\n".join(mesh).encode(),
    }


def companion_files() -> dict[str, bytes]:
    """Return the companion files of a head by their names."""
    return _companions()


def about_files() -> dict[str, bytes]:
    """Return the record of a head's origin."""
    from app.heads.origin import ABOUT_FILE

    about = {"source": "/x/head.pkl", "size": 9, "sha256": "ab" * 32, "companions": ["FLAME_masks.pkl"]}
    return {ABOUT_FILE: json.dumps(about).encode()}


def bundle_files() -> dict[str, bytes]:
    """Return a task file without real models."""
    return {
        "face.task": zipped(**{"face_detector.tflite": b"model" * 40, "face_blendshapes.tflite": b"x" * 90})
    }
