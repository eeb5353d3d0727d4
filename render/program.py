"""GLSL programs: files with includes in, uniforms by name out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.errors import GraphicsError

Value = float | npt.ArrayLike
Setter = Callable[[int, Value], None]

_INCLUDE = re.compile(r'^#include "([\w.]+)"\s*$')
_LINE_IN_LOG = re.compile(r"\b0(?::|\()(\d+)\)?")


class Program:
    """Compile and link one vertex and one fragment shader and set their uniforms by name.

    `defines` are injected after the version line. Raises GraphicsError naming file and line of a mistake.
    """

    def __init__(self, vertex: str, fragment: str, defines: Mapping[str, float] | None = None) -> None:
        self.name = f"{vertex} + {fragment}"
        shaders = [
            _compile(GL.GL_VERTEX_SHADER, vertex, defines or {}),
            _compile(GL.GL_FRAGMENT_SHADER, fragment, defines or {}),
        ]
        self.handle = GL.glCreateProgram()
        for shader in shaders:
            GL.glAttachShader(self.handle, shader)
        GL.glLinkProgram(self.handle)
        for shader in shaders:
            GL.glDetachShader(self.handle, shader)
            GL.glDeleteShader(shader)
        if not GL.glGetProgramiv(self.handle, GL.GL_LINK_STATUS):
            log = _text(GL.glGetProgramInfoLog(self.handle))
            self.release()
            raise GraphicsError(f"shaders {self.name} do not link: {log}")
        self._uniforms = _active_uniforms(self.handle)
        samplers = [name for name, (_, kind) in self._uniforms.items() if kind in _TARGETS]
        self._units = {name: unit for unit, name in enumerate(samplers)}
        self.use()
        self.set(**self._units)

    def use(self) -> None:
        """Make this the current program."""
        GL.glUseProgram(self.handle)

    def set(self, **values: Value) -> None:
        """Set uniforms of the current program: numbers, vectors, row-major matrices, or arrays of them.

        An array may be shorter than declared. Raises GraphicsError for a name the program does not use.
        """
        for name, value in values.items():
            if name not in self._uniforms:
                known = ", ".join(sorted(self._uniforms)) or "none"
                raise GraphicsError(f"shaders {self.name} have no uniform {name!r}; they use: {known}")
            location, kind = self._uniforms[name]
            _SETTERS[kind](location, value)

    def bind_textures(self, **textures: int) -> None:
        """Bind textures to the samplers of the same names, one texture unit each."""
        for name, texture in textures.items():
            if name not in self._units:
                raise GraphicsError(f"shaders {self.name} have no sampler {name!r}")
            GL.glActiveTexture(GL.GL_TEXTURE0 + self._units[name])
            GL.glBindTexture(_TARGETS[self._uniforms[name][1]], texture)

    def release(self) -> None:
        """Delete the program."""
        GL.glDeleteProgram(self.handle)


@cache
def shader_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file in `render/shaders`; raises GraphicsError when there is none."""
    try:
        return tuple((resources.files("render") / "shaders" / name).read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        raise GraphicsError(f"there is no shader file {name!r}") from None


def assemble(name: str, defines: Mapping[str, float]) -> tuple[str, list[tuple[str, int]]]:
    """Return a shader's source with its includes, and the file and line that each of its lines comes from."""
    head = ["#version 330 core", *(f"#define {key} {value}" for key, value in defines.items())]
    lines = [(text, name, 0) for text in head] + list(_expand(name))
    return "\n".join(text for text, _, _ in lines) + "\n", [(file, line) for _, file, line in lines]


def _expand(name: str) -> Iterator[tuple[str, str, int]]:
    for number, text in enumerate(shader_lines(name), start=1):
        include = _INCLUDE.match(text)
        if include:
            yield from _expand(include[1])
        else:
            yield text, name, number


def _compile(kind: int, name: str, defines: Mapping[str, float]) -> int:
    source, origins = assemble(name, defines)
    shader: int = GL.glCreateShader(kind)
    GL.glShaderSource(shader, source)
    GL.glCompileShader(shader)
    if GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS):
        return shader
    log = _text(GL.glGetShaderInfoLog(shader))
    GL.glDeleteShader(shader)
    raise GraphicsError(f"shader {name} does not compile: {_with_origins(log, origins)}")


def _with_origins(log: str, origins: list[tuple[str, int]]) -> str:
    """Replace the drivers' "0:12" and "0(12)", which count assembled lines, by "file:line"."""

    def origin(match: re.Match[str]) -> str:
        line = int(match[1])
        file, number = origins[min(line, len(origins)) - 1]
        return f"{file}:{number}"

    return "\n".join(_LINE_IN_LOG.sub(origin, line, count=1) for line in log.strip().splitlines())


def _active_uniforms(handle: int) -> dict[str, tuple[int, int]]:
    uniforms = {}
    for index in range(GL.glGetProgramiv(handle, GL.GL_ACTIVE_UNIFORMS)):
        raw, _, kind = GL.glGetActiveUniform(handle, index)
        name = _text(raw).removesuffix("[0]")
        uniforms[name] = (int(GL.glGetUniformLocation(handle, name)), int(kind))
    return uniforms


def _text(raw: bytes | str) -> str:
    return raw.decode(errors="replace") if isinstance(raw, bytes) else raw


def _floats(value: Value, width: int) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(value, dtype=np.float32).reshape(-1, width)


def _set_integers(location: int, value: Value) -> None:
    numbers = np.ascontiguousarray(value, dtype=np.int32).reshape(-1)
    GL.glUniform1iv(location, len(numbers), numbers)


def _set_vector(width: int) -> Setter:
    upload = {1: GL.glUniform1fv, 2: GL.glUniform2fv, 3: GL.glUniform3fv, 4: GL.glUniform4fv}[width]

    def setter(location: int, value: Value) -> None:
        rows = _floats(value, width)
        upload(location, len(rows), rows)

    return setter


def _set_matrix(size: int) -> Setter:
    upload = {3: GL.glUniformMatrix3fv, 4: GL.glUniformMatrix4fv}[size]

    def setter(location: int, value: Value) -> None:
        rows = _floats(value, size * size)
        upload(location, len(rows), GL.GL_TRUE, rows)

    return setter


_TARGETS = {
    GL.GL_SAMPLER_2D: GL.GL_TEXTURE_2D,
    GL.GL_INT_SAMPLER_2D: GL.GL_TEXTURE_2D,
    GL.GL_SAMPLER_2D_ARRAY: GL.GL_TEXTURE_2D_ARRAY,
    GL.GL_INT_SAMPLER_2D_ARRAY: GL.GL_TEXTURE_2D_ARRAY,
}
_SETTERS = {
    GL.GL_FLOAT: _set_vector(1),
    GL.GL_FLOAT_VEC2: _set_vector(2),
    GL.GL_FLOAT_VEC3: _set_vector(3),
    GL.GL_FLOAT_VEC4: _set_vector(4),
    GL.GL_FLOAT_MAT3: _set_matrix(3),
    GL.GL_FLOAT_MAT4: _set_matrix(4),
    **dict.fromkeys((GL.GL_INT, GL.GL_BOOL, *_TARGETS), _set_integers),
}
