"""GLSL programs: compile, link, set uniforms by name and bind textures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from OpenGL import GL

from flame_model.errors import GraphicsError
from render.gl.shader_files import assemble
from render.gl.uniforms import SAMPLERS, Value, active_uniforms, as_text, set_uniform

_LINE_IN_LOG = re.compile(r"\b0(?::|\()(\d+)\)?")


class Program:
    """One linked vertex and fragment shader, named by their paths in `render/shaders`.

    `defines` become `#define` lines of both. Raises GraphicsError with the file and line of a mistake.
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
            log = as_text(GL.glGetProgramInfoLog(self.handle))
            self.release()
            raise GraphicsError(f"The shaders {self.name} do not link: {log.strip()}")
        self._uniforms = active_uniforms(self.handle)
        samplers = [name for name, (_, kind) in self._uniforms.items() if kind in SAMPLERS]
        self._units = {name: unit for unit, name in enumerate(samplers)}
        self.use()
        self.set(**self._units)

    def use(self) -> None:
        """Make this the current program."""
        GL.glUseProgram(self.handle)

    def set(self, **values: Value) -> None:
        """Set uniforms of the current program: numbers, vectors, row-major matrices, or arrays of them.

        An array may be shorter than declared. Raises GraphicsError for a name that the program does not use.
        """
        for name, value in values.items():
            if name not in self._uniforms:
                known = ", ".join(sorted(self._uniforms)) or "none"
                raise GraphicsError(f"The shaders {self.name} have no uniform {name!r}; they use: {known}.")
            location, kind = self._uniforms[name]
            set_uniform(location, kind, value)

    def bind_textures(self, **textures: int) -> None:
        """Bind textures to the samplers of the same names, one texture unit each."""
        for name, texture in textures.items():
            if name not in self._units:
                known = ", ".join(sorted(self._units)) or "none"
                raise GraphicsError(f"The shaders {self.name} have no sampler {name!r}; they use: {known}.")
            GL.glActiveTexture(GL.GL_TEXTURE0 + self._units[name])
            GL.glBindTexture(SAMPLERS[self._uniforms[name][1]], texture)

    def release(self) -> None:
        """Delete the program."""
        GL.glDeleteProgram(self.handle)


def _compile(kind: int, name: str, defines: Mapping[str, float]) -> int:
    source, origins = assemble(name, defines)
    shader: int = GL.glCreateShader(kind)
    GL.glShaderSource(shader, source)
    GL.glCompileShader(shader)
    if GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS):
        return shader
    log = as_text(GL.glGetShaderInfoLog(shader))
    GL.glDeleteShader(shader)
    raise GraphicsError(f"The shader {name} does not compile: {_with_origins(log, origins)}")


def _with_origins(log: str, origins: list[tuple[str, int]]) -> str:
    """Replace the drivers' "0:12" and "0(12)", which count assembled lines, by "file:line"."""

    def origin(match: re.Match[str]) -> str:
        line = int(match[1])
        file, number = origins[min(line, len(origins)) - 1]
        return f"{file}:{number}"

    return "\n".join(_LINE_IN_LOG.sub(origin, line, count=1) for line in log.strip().splitlines())
