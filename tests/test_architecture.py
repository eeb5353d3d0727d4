"""Who may import whom: the rooms import strictly downward and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

MAY_IMPORT = {
    "app": {"app", "render", "mappings", "flame_model"},
    "mappings": {"mappings", "flame_model"},
    "render": {"render", "flame_model"},
    "flame_model": {"flame_model"},
}
OURS = {*MAY_IMPORT, "assets", "flame_cam", "tests", "benchmarks", "examples"}

ONLY_IN = {
    "mediapipe": ("mappings/tracking/",),
    "OpenGL": ("render/",),
    "glfw": ("render/platform/window.py", "render/platform/offscreen.py"),
    "pickle": ("flame_model/files/pickles/safe_pickle.py",),
    "torch": ("app/training/mapping/perceptron_fit.py",),
    "matplotlib": ("app/training/plotting/",),
    "distributed": ("app/training/gathering/cluster.py",),
    "smplx": (),
    "pyrender": (),
}

SOURCES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imported(path: Path) -> set[str]:
    """Return the top-level packages a file imports, inside functions too; a star is kept as "NAME.*"."""
    packages = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = (
                node.module.split(".")[0] if node.module and not node.level else path.parts[len(ROOT.parts)]
            )
            packages |= {package} | {f"{package}.*" for alias in node.names if alias.name == "*"}
    return packages


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_strictly_downward(room: str) -> None:
    upward = {
        _name(path): sorted(found)
        for path in SOURCES
        if path.is_relative_to(ROOT / room) and (found := _imported(path) & (OURS - MAY_IMPORT[room]))
    }
    assert not upward


@pytest.mark.parametrize("library", ONLY_IN)
def test_libraries_stay_in_their_files(library: str) -> None:
    places = ONLY_IN[library]
    strays = [
        _name(path) for path in SOURCES if library in _imported(path) and not _name(path).startswith(places)
    ]
    assert not strays


def test_nothing_is_imported_by_star() -> None:
    assert not [_name(path) for path in SOURCES if any(name.endswith(".*") for name in _imported(path))]


def test_assets_hold_no_code() -> None:
    code = [path for path in (ROOT / "assets").rglob("*.py") if ast.parse(path.read_text()).body[1:]]
    assert not code


def test_the_reader_of_imports_sees_hidden_ones(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden.py"
    hidden.write_text("def late():\n    import glfw.library\n    from OpenGL.GL import *\n")
    assert _imported(hidden) == {"glfw", "OpenGL", "OpenGL.*"}
