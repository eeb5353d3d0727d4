"""Fixtures that the tests of this folder share."""

from tests.render.conftest import display

__all__ = ["display"]
