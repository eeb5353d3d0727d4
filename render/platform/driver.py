"""Facts about the graphics driver of the current context.

Importing this module binds PyOpenGL to a platform; `backend.select` must have run before.
"""

from __future__ import annotations

from OpenGL import GL

from flame_model.errors import GraphicsError


def driver_name() -> str:
    """Return renderer and OpenGL version of the current context as text for the user."""
    return f"{_text(GL.GL_RENDERER)}, OpenGL {_text(GL.GL_VERSION)}"


def is_software() -> bool:
    """Return whether the current context draws on the processor."""
    name = _text(GL.GL_RENDERER).lower()
    return any(word in name for word in ("llvmpipe", "softpipe", "swrast", "software"))


def require_version() -> None:
    """Raise GraphicsError unless the current context is OpenGL 3.3 or newer."""
    received = (int(GL.glGetIntegerv(GL.GL_MAJOR_VERSION)), int(GL.glGetIntegerv(GL.GL_MINOR_VERSION)))
    if received < (3, 3):
        raise GraphicsError(
            f"{_text(GL.GL_RENDERER)} offers OpenGL {received[0]}.{received[1]}, but 3.3 is needed; "
            "update the graphics driver."
        )


def _text(name: int) -> str:
    text: str = GL.glGetString(name).decode(errors="replace")
    return text
