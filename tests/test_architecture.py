"""The rules of docs/architecture.md: which room may import which, and how much a folder may hold."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
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

MOST_ENTRIES = 15
"""Largest number of modules and folders in one folder; more cannot be taken in at a glance."""

SOURCES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]
FOLDERS = sorted({path.parent for path in SOURCES})


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imported(path: Path) -> set[str]:
    """Return the top-level packages that a file imports, also inside functions; a star import as "NAME.*"."""
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


def _modules(path: Path) -> set[str]:
    """Return the dotted names that a file imports from; `from a import b` gives a and a.b."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _folder_of(module: str) -> str | None:
    """Return the folder directly below a room that holds a module; None for a module in the room itself."""
    parts = module.split(".")
    below = Path(*parts[:2])
    return below.as_posix() if parts[0] in MAY_IMPORT and (ROOT / below).is_dir() else None


def _imports_between_folders(room: str, sources: list[Path]) -> dict[str, set[str]]:
    """Return which folders of a room each of its folders imports from."""
    graph: dict[str, set[str]] = {}
    for path in sources:
        own = _folder_of(".".join(path.relative_to(ROOT).parts[:-1]))
        if own and own.startswith(f"{room}/"):
            found = {_folder_of(module) for module in _modules(path) if module.startswith(f"{room}.")}
            graph.setdefault(own, set()).update(folder for folder in found if folder and folder != own)
    return graph


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


@pytest.mark.parametrize("room", ["app", "mappings"])
def test_no_folders_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    graph = _imports_between_folders(room, SOURCES)
    assert graph
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"folders import each other: {' -> '.join(error.args[1])}")


def test_torch_and_what_needs_it_stay_in_the_program() -> None:
    assert all(place.startswith("app/") for place in ONLY_IN["torch"])


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    folders = [path for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert 0 < len(modules) + len(folders) <= MOST_ENTRIES


def test_nothing_is_imported_by_star() -> None:
    assert not [_name(path) for path in SOURCES if any(name.endswith(".*") for name in _imported(path))]


def test_assets_hold_no_code() -> None:
    code = [path for path in (ROOT / "assets").rglob("*.py") if ast.parse(path.read_text()).body[1:]]
    assert not code


def test_the_reader_of_imports_sees_hidden_ones(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden.py"
    hidden.write_text("def late():\n    import glfw.library\n    from OpenGL.GL import *\n")
    assert _imported(hidden) == {"glfw", "OpenGL", "OpenGL.*"}
