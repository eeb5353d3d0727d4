"""List the uniforms of a linked program, and upload values of each GLSL type to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array

Value = float | npt.ArrayLike
Upload = Callable[[int, Value], None]
"""Takes a uniform's location and its value."""

SAMPLERS = {
    GL.GL_SAMPLER_2D: GL.GL_TEXTURE_2D,
    GL.GL_INT_SAMPLER_2D: GL.GL_TEXTURE_2D,
    GL.GL_SAMPLER_2D_ARRAY: GL.GL_TEXTURE_2D_ARRAY,
    GL.GL_INT_SAMPLER_2D_ARRAY: GL.GL_TEXTURE_2D_ARRAY,
}
"""Kind of texture that each type of sampler samples."""


def active_uniforms(program: int) -> dict[str, tuple[int, int]]:
    """Return location and GLSL type of each uniform that a linked program uses, by name."""
    uniforms = {}
    for index in range(GL.glGetProgramiv(program, GL.GL_ACTIVE_UNIFORMS)):
        raw, _, kind = GL.glGetActiveUniform(program, index)
        name = as_text(raw).removesuffix("[0]")
        uniforms[name] = (int(GL.glGetUniformLocation(program, name)), int(kind))
    return uniforms


def set_uniform(location: int, kind: int, value: Value) -> None:
    """Upload a number, vector or row-major matrix, or an array of them, to the current program."""
    _UPLOADS[kind](location, value)


def as_text(raw: bytes | str) -> str:
    """Return a name or log of OpenGL as text."""
    return raw.decode(errors="replace") if isinstance(raw, bytes) else raw


def _floats(value: Value, width: int) -> Float32Array:
    return np.ascontiguousarray(value, dtype=np.float32).reshape(-1, width)


def _upload_integers(location: int, value: Value) -> None:
    numbers = np.ascontiguousarray(value, dtype=np.int32).reshape(-1)
    GL.glUniform1iv(location, len(numbers), numbers)


def _vector_upload(width: int) -> Upload:
    """Return the upload of float vectors with `width` components."""
    call = {1: GL.glUniform1fv, 2: GL.glUniform2fv, 3: GL.glUniform3fv, 4: GL.glUniform4fv}[width]

    def upload(location: int, value: Value) -> None:
        rows = _floats(value, width)
        call(location, len(rows), rows)

    return upload


def _matrix_upload(size: int) -> Upload:
    """Return the upload of square row-major float matrices."""
    call = {3: GL.glUniformMatrix3fv, 4: GL.glUniformMatrix4fv}[size]

    def upload(location: int, value: Value) -> None:
        rows = _floats(value, size * size)
        call(location, len(rows), GL.GL_TRUE, rows)

    return upload


_UPLOADS = {
    GL.GL_FLOAT: _vector_upload(1),
    GL.GL_FLOAT_VEC2: _vector_upload(2),
    GL.GL_FLOAT_VEC3: _vector_upload(3),
    GL.GL_FLOAT_VEC4: _vector_upload(4),
    GL.GL_FLOAT_MAT3: _matrix_upload(3),
    GL.GL_FLOAT_MAT4: _matrix_upload(4),
    **dict.fromkeys((GL.GL_INT, GL.GL_BOOL, *SAMPLERS), _upload_integers),
}
