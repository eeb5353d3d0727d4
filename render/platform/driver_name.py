"""What draws here, in words."""

from __future__ import annotations

from OpenGL import GL


def driver_name() -> str:
    """Return renderer and version of the current context."""
    renderer, version = (
        GL.glGetString(name).decode(errors="replace") for name in (GL.GL_RENDERER, GL.GL_VERSION)
    )
    return f"{renderer}, OpenGL {version}"
