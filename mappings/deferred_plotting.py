"""Import MediaPipe without matplotlib, which it loads for plots that nobody asks for."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_PACKAGE, _PLOTTING = "matplotlib", "matplotlib.pyplot"


@contextmanager
def deferred_plotting() -> Iterator[None]:
    """Let imports inside take stand-ins for matplotlib that load it at their first use.

    Loading it takes 0.3 s and 37 MB at every start. Where it is loaded already, nothing is put in its place;
    after
    the block an import of matplotlib is an ordinary one.
    """
    if _PACKAGE not in sys.modules:
        package, plotting = _StandIn(_PACKAGE), _StandIn(_PLOTTING)
        vars(package)["pyplot"] = plotting
        sys.modules.update({_PACKAGE: package, _PLOTTING: plotting})
    try:
        yield
    finally:
        _forget_stand_ins()


class _StandIn(ModuleType):
    """Stand for a module and fetch it when one of its attributes is wanted."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        _forget_stand_ins()
        return getattr(importlib.import_module(self.__name__), name)


def _forget_stand_ins() -> None:
    """Let the next import find the real modules."""
    for name in (_PACKAGE, _PLOTTING):
        if isinstance(sys.modules.get(name), _StandIn):
            del sys.modules[name]
