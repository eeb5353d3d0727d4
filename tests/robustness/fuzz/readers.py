"""Every reader of files that users name, with small valid samples of what it reads."""

from __future__ import annotations

import importlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from app.sources.picture_size import MAX_SIDE
from flame_model.head import Head
from mappings.frames import Frame

Read = Callable[[Path], object]
Samples = Callable[[], dict[str, bytes]]

MOST_ITEMS = 40
"""Frames and notices taken of a source; the samples have six."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read; new kinds are added to READERS."""

    samples: Samples
    """Returns valid files by name; the suffix is kept, because some readers go by it."""
    read: Read
    """Reads one file and may raise FlameCamError and nothing else."""
    keys: tuple[str, ...] = ()
    """Names that random structures of this kind are made of."""


@cache
def small_head() -> Head:
    """Return the head that files are read for."""
    from tests.synthetic_heads import make_head

    return make_head(vertices=120, expression=12, identity=10)


@cache
def flame_like_head() -> Head:
    """Return the small head as one of a known FLAME edition, without names of its components."""
    from dataclasses import replace

    from flame_model.head import Provenance

    return replace(small_head(), expression_names=(), provenance=Provenance("FLAME 2020"))


def _quiet(_: str) -> None:
    """Say nothing."""


def read_take(path: Path) -> None:
    """Read a take and drive a head with some of it, which has to give finite parameters."""
    import numpy as np

    from mappings.records.take import load_take

    driver = _driver()
    for observation in [each for each in load_take(path).observations if each is not None][:3]:
        params = driver.params(observation)
        assert np.isfinite(params.translation).all(), "a take gave a head that is nowhere"
        assert np.isfinite(params.expression).all(), "a take gave a face that is none"


@cache
def _driver():
    from app.model.animated_head import AnimatedHead
    from mappings.motion.placement import Placement

    return AnimatedHead.load("builtin").driver(Placement())


def read_head_source(path: Path) -> None:
    """Read a head as `heads add` does."""
    from app.heads.importing.read_head import read_any_head

    with tempfile.TemporaryDirectory() as scratch:
        read_any_head(path, Path(scratch), _quiet)


def read_ict(path: Path) -> None:
    """Read the meshes of ICT-FaceKit."""
    from flame_model.ict.archive import read_meshes

    read_meshes(path)


def read_gathered(path: Path) -> None:
    """Read gathered data."""
    from mappings.records.gathered import load_gathered

    load_gathered(path)


def read_labels(path: Path) -> None:
    """Read labels of three gathered frames."""
    from mappings.records.labels import read_labels as read
    from tests.robustness.fuzz.samples import gathered

    read(path, gathered(), flame_like_head())


def read_identity(path: Path) -> None:
    """Read an identity for the small head."""
    from flame_model.files.identity_file import read_identity as read

    read(path, small_head(), _quiet)


def read_profile(path: Path) -> None:
    """Read a profile."""
    from mappings.person.profile_file import load_profile

    load_profile(path)


def read_mapping_file(path: Path) -> None:
    """Read a mapping folder in which `path` replaces one file, and solve with it: it has to give numbers."""
    import numpy as np

    from mappings.response.response_file import load_response
    from mappings.response.solver import ResponseSolver
    from mappings.scores.score_mapping import ScoreMapping
    from tests.robustness.fuzz.samples import gathered, mapping_files

    with tempfile.TemporaryDirectory() as folder:
        for name, content in mapping_files().items():
            (Path(folder) / name).write_bytes(content)
        shutil.copy(path, Path(folder) / path.name)
        mapping = ScoreMapping.load(folder)
        seen = gathered().observation(0)
        assert all(np.isfinite(part).all() for part in mapping.coefficients(seen.scores)), "no numbers"
        if path.name == "response.npz":
            solver = ResponseSolver(mapping, load_response(Path(folder) / path.name, mapping))
            assert np.isfinite(solver.solve(seen, np.eye(4), None).coefficients.expression).all(), (
                "no numbers"
            )


def read_companion(path: Path) -> None:
    """Read a file beside a head."""
    from app.heads.importing.companion_files import read_companions

    assert path.parent.is_dir()
    read_companions((path.parent,), small_head(), _quiet)


def read_about(path: Path) -> None:
    """Read the record of a head's origin."""
    from app.heads.origin import read_origin

    read_origin(path.parent)


def read_bundle(path: Path) -> None:
    """Check a tracker's bundle."""
    from mappings.tracking.landmarker_bundle import locate_bundle

    locate_bundle(path)


def read_source(path: Path) -> None:
    """Play the beginning of a picture or clip."""
    from app.sources import open_source

    with open_source(str(path), live=False) as source:
        for item in islice(source, MOST_ITEMS):
            assert not isinstance(item, Frame) or max(item.image.shape[:2]) <= MAX_SIDE, "a huge picture"


def _samples(name: str, module: str = "samples") -> Samples:
    def made() -> dict[str, bytes]:
        return getattr(importlib.import_module(f"tests.robustness.fuzz.{module}"), name)()

    return made


_TAKE = ("time_s", "found", "scores", "landmarks", "T_camera_face", "image_size", "score_names", "rotation")
_FLAME = ("v_template", "f", "shapedirs", "posedirs", "weights", "J_regressor", "kintree_table")
_OWN = ("flame_cam_head", "template", "faces", "expression_basis.shape", "expression_basis.gaps", "name")

READERS: dict[str, Reader] = {
    "take": Reader(_samples("take_files"), read_take, _TAKE),
    "head": Reader(_samples("head_files"), read_head_source, (*_FLAME, *_OWN)),
    "ict": Reader(_samples("ict_files"), read_ict),
    "gathered": Reader(_samples("gathered_files"), read_gathered, (*_TAKE, "clip", "version", "licence")),
    "labels": Reader(
        _samples("label_files"), read_labels, ("exp", "jaw_pose", "eye_pose", "scores", "frame")
    ),
    "identity": Reader(_samples("identity_files"), read_identity, ("identity", "betas", "shape_params", "1")),
    "profile": Reader(_samples("profile_files"), read_profile, ("lids", "left", "signals", "pose", "face")),
    "mapping": Reader(_samples("mapping_files"), read_mapping_file, ("hidden", "head", "fit", "version")),
    "companion": Reader(_samples("companion_files"), read_companion, ("mean", "vt", "ft", "lmk_b_coords")),
    "about": Reader(_samples("about_files"), read_about, ("source", "size", "sha256", "companions")),
    "bundle": Reader(_samples("bundle_files"), read_bundle),
    "picture": Reader(_samples("picture_files", "media"), read_source),
    "clip": Reader(_samples("clip_files", "media"), read_source),
}
