"""The head of a live run is tested with an OpenGL context, as the rendering is."""

from __future__ import annotations

from tests.render.conftest import _context, context

__all__ = ["_context", "context"]
