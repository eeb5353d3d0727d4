"""Load shader files, replace their `#include` lines and inject constants.

The files lie in `render/shaders`, in one folder for each pass. Files that several passes use lie in `skin`
and `shared`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from flame_model.errors import GraphicsError

_INCLUDE = re.compile(r'^#include "([\w./]+)"\s*$')


@cache
def shader_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file named by its path in `render/shaders`; raises GraphicsError without one."""
    try:
        file = resources.files("render") / "shaders" / name
        return tuple(file.read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        raise GraphicsError(f"There is no shader file {name!r}; reinstall flame-cam.") from None


def assemble(name: str, defines: Mapping[str, float]) -> tuple[str, list[tuple[str, int]]]:
    """Return a shader's source with its includes, and the file and line that each of its lines comes from.

    `defines` become `#define` lines after the version line.
    """
    head = ["#version 330 core", *(f"#define {key} {value}" for key, value in defines.items())]
    lines = [(text, name, 0) for text in head] + list(_expand(name))
    return "\n".join(text for text, _, _ in lines) + "\n", [(file, line) for _, file, line in lines]


def _expand(name: str) -> Iterator[tuple[str, str, int]]:
    """Yield text, file and number of each line, with the lines of included files in their place."""
    for number, text in enumerate(shader_lines(name), start=1):
        include = _INCLUDE.match(text)
        if include:
            yield from _expand(include[1])
        else:
            yield text, name, number
