"""Build a FLAME-structured head from an ICT-FaceKit archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.arrays import FlagArray, Float32Array, Float64Array
from flame_model.errors import HeadFileError
from flame_model.head import Head, Provenance
from flame_model.ict import layout, rig
from flame_model.ict.archive import ICT_ADDRESS, IctMeshes, read_meshes
from flame_model.ict.eyes import eye_center, gliding, seated_eyes
from flame_model.ict.mouth import groove, grooved_tongue, touching_teeth
from flame_model.ict.paint import paint
from flame_model.ict.surface import MATERIALS, Surface, drawn_surface
from flame_model.rigging.blink_shapes import make_eyelids
from flame_model.rigging.pose_correctives import pose_correctives, turned_corrective

NAME = "ict"
METRES = 0.01
"""Metres per unit of the archive, which is a centimetre."""
PUPILS_HEIGHT, PUPILS_FRONT = 0.0316, -0.0036
"""y and z of the pupils in metres, the same as on the built-in head."""
STEP = 2.0**-18
"""Metres (4 micrometres): displacements are rounded to multiples of it, so that the file compresses."""
LIPS_MEET = 0.0240
"""Share of jawOpen by which the archive's lips are apart at rest."""
STILL = 1e-4
"""Metres; vertices that determine a joint are those that no expression moves farther."""
_JAW = "jawOpen"
_CARRIED_BY_JOINTS = (_JAW, "eyeBlink", "eyeLook")
_SIDES = {"_L": "Left", "_R": "Right"}


def read_ict(path: Path, strengths: Mapping[str, float] | None = None) -> Head:
    """Return the head in an ICT-FaceKit zip.

    Jaw, gaze and blink shapes become joints, pose correctives and eyelids; the other shapes become expression
    components with names, `strengths` times the archive's shapes (see `IctMeshes.stronger`). Raises
    HeadFileError where a mesh is missing, damaged or of another topology.
    """
    meshes = read_meshes(path).stronger(strengths or {})
    _require_shapes(path, meshes)
    try:
        with np.errstate(all="raise", under="ignore"):
            return _Conversion(meshes).head()
    except (np.linalg.LinAlgError, FloatingPointError) as error:
        raise HeadFileError(
            f"{path}: its meshes are complete, but they do not form a head. "
            f"Download it again from {ICT_ADDRESS}."
        ) from error


def component_name(name: str) -> str:
    """Return MediaPipe's name for a shape of ICT's, such as mouthSmileLeft for `mouthSmile_L`."""
    return name[:-2] + _SIDES[name[-2:]] if name[-2:] in _SIDES else name


def _require_shapes(path: Path, meshes: IctMeshes) -> None:
    """Raise HeadFileError unless the shapes for jaw, gaze and blink exist."""
    gaze_shapes = [f"eyeLook{direction}{side}" for direction in rig.GAZE_RADIANS for side in _SIDES]
    missing = {_JAW, "eyeBlink_L", "eyeBlink_R", *gaze_shapes} - set(meshes.expressions)
    if missing:
        raise HeadFileError(
            f"{path}: the shapes {', '.join(sorted(missing))} are missing. "
            f"Download the archive again from {ICT_ADDRESS}."
        )


class _Conversion:
    """The conversion of an archive's meshes to a head: drawn surface, placement, carried-over shapes."""

    def __init__(self, meshes: IctMeshes) -> None:
        centers = [eye_center(meshes.neutral, side) for side in range(2)]
        opening = meshes.expressions[_JAW]
        seated = touching_teeth(seated_eyes(meshes.neutral), meshes.polygons)
        neutral = grooved_tongue(seated, opening)
        self._meshes = replace(meshes, neutral=neutral)
        self._surface: Surface = drawn_surface(meshes)
        skin = slice(*layout.HEAD_VERTICES)
        neutral[skin] -= LIPS_MEET * opening[skin]
        poles = neutral[[first for first, _ in layout.EYEBALL_VERTICES]].mean(0) * METRES
        self._offset = np.array([0.0, PUPILS_HEIGHT, PUPILS_FRONT]) - poles * [0.0, 1.0, 1.0]
        self._placed = neutral * METRES + self._offset
        self._points: Float64Array = self._surface.sample @ self._placed
        self._eyes = np.array(centers) * METRES + self._offset
        self._groove: Float64Array = self._surface.sample @ groove(seated, opening)

    def head(self) -> Head:
        """Return the head."""
        surface, points, meshes = self._surface, self._points, self._meshes
        shapes = {component_name(name): self._carried(shape) for name, shape in self._expressions()}
        for name, shape in shapes.items():
            if not name.startswith("jaw"):
                shape[self._bones()] = 0.0
        names = tuple(name for name in shapes if not name.startswith(_CARRIED_BY_JOINTS))
        expression = _stacked([shapes[name] for name in names])
        weights, pose, hinge = self._jaw_and_gaze(shapes)
        still = np.abs(expression).max(axis=(1, 2)) < STILL
        joints = np.concatenate([rig.NECK_JOINTS, hinge.place[None], self._eyes])
        head = Head(
            name=NAME,
            template=_single(points),
            faces=np.ascontiguousarray(surface.faces, dtype=np.int32),
            identity_basis=_stacked([self._carried(shape) for shape in meshes.identities.values()]),
            expression_basis=expression,
            pose_correctives=_rounded(pose),
            joint_regressor=_single(rig.joint_regressor(points, still, surface.source, joints)),
            skin_weights=_single(weights),
            eyelid_basis=np.zeros((len(points), 3, 2), dtype=np.float32),
            face_materials=surface.materials.astype(np.uint8),
            materials=MATERIALS,
            vertex_colors=_single(paint(points, surface.source, self._placed, self._groove)),
            expression_names=names,
            identity_names=tuple(meshes.identities),
            provenance=Provenance("ICT-FaceKit light", "MIT", ICT_ADDRESS),
        )
        basis, arc, hold = make_eyelids(head)
        return replace(head, eyelid_basis=_rounded(basis), eyelid_arc=_rounded(arc), eyelid_hold=hold)

    def _expressions(self) -> Iterator[tuple[str, Float64Array]]:
        """Yield the archive's shapes by name; future expression components stay out of the eyeballs."""
        for name, shape in self._meshes.expressions.items():
            carried = name.startswith(_CARRIED_BY_JOINTS)
            yield name, shape if carried else gliding(shape, self._meshes.neutral)

    def _carried(self, shape: Float64Array) -> Float64Array:
        """Return the displacement (V, 3) of the drawn vertices in metres.

        `shape` is that of all vertices of the archive, in centimetres.
        """
        return np.asarray(self._surface.sample @ (shape * METRES))

    def _bones(self) -> FlagArray:
        """Return which drawn vertices (V,) only the jaw may move.

        In the archive, right-sided shapes move the gums.
        """
        ends = (layout.GUM_VERTICES[0], layout.TOOTH_VERTICES[1])
        return rig.within(self._surface.source, ends)

    def _jaw_and_gaze(self, shapes: dict[str, Float64Array]) -> tuple[Float64Array, Float64Array, rig.Hinge]:
        """Return skin weights (V, 5), pose correctives (V, 3, 36) and the jaw's hinge."""
        points, source, opening = self._points, self._surface.source, shapes[_JAW]
        teeth = rig.within(source, layout.LOWER_TOOTH_VERTICES)
        hinge = rig.fit_hinge(points[teeth], opening[teeth])
        weights = rig.skin_weights(points, rig.jaw_share(points, opening, hinge), source)
        corrective = turned_corrective(points, weights[:, 2], hinge.place, hinge.angle, opening)
        gaze_shapes = {
            (eye, direction): shapes[f"eyeLook{direction}{side}"]
            for eye, side in enumerate(_SIDES.values())
            for direction in rig.GAZE_RADIANS
        }
        return weights, pose_correctives(corrective, hinge.angle, gaze_shapes, rig.GAZE_RADIANS), hinge


def _single(array: Float64Array) -> Float32Array:
    return np.ascontiguousarray(array, dtype=np.float32)


def _rounded(displacements: npt.NDArray[np.floating]) -> Float32Array:
    """Return displacements rounded to multiples of STEP, without negative zeros."""
    return _single(np.round(displacements / STEP) * STEP + 0.0)


def _stacked(shapes: list[Float64Array]) -> Float32Array:
    """Return shapes (V, 3) as a rounded basis (V, 3, N)."""
    return _rounded(np.stack(shapes, axis=-1))
