"""Read the meshes in an ICT-FaceKit archive, the zip that GitHub serves."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.errors import HeadFileError, UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.reading import expecting, parsed_json, reading
from flame_model.files.zip_files import open_zip, read_member
from flame_model.ict import layout

ICT_ADDRESS = "https://github.com/ICT-VGL/ICT-FaceKit/archive/refs/heads/master.zip"
"""GitHub's zip of the official repository."""
_FOLDER, _NEUTRAL, _INDEX = "FaceXModel/", "generic_neutral_mesh.obj", "vertex_indices.json"
_MEMBER_LIMIT = 8 * 2**20
"""Bytes of one unpacked member; the largest in the published archive has 3 MB, and splitting it into words
takes twenty times as much memory."""
_MOST_SHAPES = 400
"""Limit for expressions and for identities; ICT-FaceKit has 53 and 100, 0.6 MB of memory each."""
_IDENTITY = re.compile(r"identity(\d{3})\.obj")


@dataclass(frozen=True, slots=True)
class IctMeshes:
    """The meshes of an archive, V vertices each: centimetres, x to the person's left, y up, z forwards."""

    neutral: Float64Array
    """(V, 3)."""
    polygons: Int64Array
    """(P, 4) counter-clockwise from outside; triangles repeat their last vertex."""
    expressions: Mapping[str, Float64Array]
    """ICT's name to displacement (V, 3) from neutral."""
    identities: Mapping[str, Float64Array]
    """File stem to displacement (V, 3) of one standard deviation."""

    def stronger(self, strengths: Mapping[str, float]) -> IctMeshes:
        """Return the meshes with expressions s b_i for the archive's b_i.

        `strengths` holds s by the name of a shape without its side, such as browDown; it is 1 where absent.
        """
        shapes = {
            name: strengths.get(name.removesuffix("_L").removesuffix("_R"), 1.0) * shape
            for name, shape in self.expressions.items()
        }
        return replace(self, expressions=shapes)


def is_ict(path: Path) -> bool:
    """Return whether `path` is a zip with ICT-FaceKit's layout; its name does not matter."""
    try:
        with open_zip(path) as archive:
            return _prefix(archive) is not None
    except UnreadableError:
        return False


def read_meshes(path: Path) -> IctMeshes:
    """Read the neutral head, its 53 expressions and all identities; raises HeadFileError."""
    remedy = f"Download it again from {ICT_ADDRESS}."
    with expecting("zip archive", remedy, error=HeadFileError), open_zip(path) as archive:
        prefix = _prefix(archive)
        if prefix is None:
            raise HeadFileError(f"{path} holds no {_FOLDER}{_NEUTRAL}. Give the archive from {ICT_ADDRESS}.")
        return _Reader(path, archive, prefix).meshes()


def _prefix(archive: zipfile.ZipFile) -> str | None:
    """Return the folder of the meshes inside the archive, None where there is none."""
    ending = _FOLDER + _NEUTRAL
    found = (name.removesuffix(_NEUTRAL) for name in archive.namelist() if name.endswith(ending))
    return next(found, None)


@dataclass(frozen=True, slots=True)
class _Reader:
    """The open archive; each method reads one kind of member and raises HeadFileError."""

    path: Path
    archive: zipfile.ZipFile
    prefix: str

    def meshes(self) -> IctMeshes:
        """Return all meshes."""
        text = self._member(_NEUTRAL)
        neutral = self._vertices(_NEUTRAL, text)
        stems = {name: name.removesuffix(".obj") for name in self._identity_files()}
        expressions = {name: self._displacement(f"{name}.obj", neutral) for name in self._expression_names()}
        identities = {stem: self._displacement(name, neutral) for name, stem in stems.items()}
        return IctMeshes(neutral, self._polygons(text), expressions, identities)

    def _error(self, member: str, predicate: str) -> HeadFileError:
        return HeadFileError(
            f"{self.path}: {one_line(member, 60)} {predicate}. Download the archive again from {ICT_ADDRESS}."
        )

    def _member(self, name: str) -> bytes:
        """Return the content of a file in the folder of the meshes."""
        try:
            entry = self.archive.getinfo(self.prefix + name)
        except KeyError as error:
            raise self._error(name, "is missing") from error
        if entry.file_size > _MEMBER_LIMIT:
            raise self._error(name, f"should have up to {_MEMBER_LIMIT} bytes, received {entry.file_size}")
        return read_member(self.archive, entry, _MEMBER_LIMIT)

    def _expression_names(self) -> list[str]:
        """Return the names of the expressions in the index."""
        text = self._member(_INDEX)
        try:
            with reading(self.path):
                names = parsed_json(text)["expressions"]
        except UnreadableError as error:
            raise self._error(_INDEX, "holds no list of expressions") from error
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self._error(_INDEX, "should list the expressions by name")
        if len(set(names)) != len(names) or len(names) > _MOST_SHAPES:
            raise self._error(_INDEX, f"should list up to {_MOST_SHAPES} expressions, each once")
        return names

    def _identity_files(self) -> list[str]:
        """Return the file names of the identities, sorted."""
        names = (name.removeprefix(self.prefix) for name in self.archive.namelist())
        files = sorted({name for name in names if _IDENTITY.fullmatch(name)})
        if len(files) > _MOST_SHAPES:
            raise self._error(files[-1], f"is one of {len(files)} identities; the limit is {_MOST_SHAPES}")
        return files

    def _displacement(self, name: str, neutral: Float64Array) -> Float64Array:
        return self._vertices(name, self._member(name)) - neutral

    def _vertices(self, name: str, text: bytes) -> Float64Array:
        """Return the vertices (V, 3); the archive writes the `v` lines in one block before the `vt` lines."""
        begin, end = text.find(b"\nv "), text.find(b"\nvt ")
        block = text[begin:end] if 0 <= begin < end else b""
        try:
            values = np.array(block.replace(b"v", b" ").split(), dtype=np.float64)
        except ValueError as error:
            raise self._error(name, "holds a vertex that is not three numbers") from error
        if values.size != 3 * layout.VERTEX_COUNT or not np.isfinite(values).all():
            raise self._error(
                name, f"should hold {layout.VERTEX_COUNT} finite vertices, received {values.size / 3:g}"
            )
        return values.reshape(-1, 3)

    def _polygons(self, text: bytes) -> Int64Array:
        """Return the polygons (P, 4) in the `f` lines."""
        lines = [line.split()[1:] for line in text[text.find(b"\nf ") :].splitlines() if line[:2] == b"f "]
        if len(lines) != layout.POLYGON_COUNT or any(len(corners) not in (3, 4) for corners in lines):
            raise self._error(
                _NEUTRAL,
                f"should hold {layout.POLYGON_COUNT} triangles and quadrangles, received {len(lines)}",
            )
        corners = [corner.partition(b"/")[0] for line in lines for corner in (*line, line[-1])[:4]]
        try:
            polygons = np.array(corners, dtype=np.int64).reshape(-1, 4) - 1
        except ValueError as error:
            raise self._error(_NEUTRAL, "holds a face that is not made of numbers") from error
        if polygons.min() < 0 or polygons.max() >= layout.VERTEX_COUNT:
            raise self._error(_NEUTRAL, "holds a face with a vertex that does not exist")
        return polygons
