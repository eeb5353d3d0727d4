"""Find heads by name or path and load them: the built-in head, added heads and FLAME files."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from importlib import resources
from pathlib import Path

import platformdirs

from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.files.flame_file import read_flame
from flame_model.files.head_file import is_own_head, read_head
from flame_model.files.paths import at_home, is_file, is_folder
from flame_model.head import EYE_JOINTS, Head
from flame_model.paint.eyes.irises import paint_irises

BUILTIN = "builtin"
HEAD_FILE = "head.npz"
MAPPING_FOLDER = "mapping"


def added_heads_folder() -> Path:
    """Return the folder of added heads: one subfolder per name, with a `head.npz` in each."""
    return platformdirs.user_cache_path("flame-cam", appauthor=False) / "heads"


def head_names() -> list[str]:
    """Return the names that `load_head` knows: the built-in head and the added heads."""
    added = (file.parent.name for file in added_heads_folder().glob(f"*/{HEAD_FILE}"))
    # A folder whose name begins with a dot is still being written.
    return [BUILTIN, *sorted(name for name in added if not name.startswith("."))]


def load_head(name_or_path: str | Path) -> Head:
    """Return the built-in head, an added head by name, or the head in a file (this program's or FLAME's).

    Raises InputError, which lists the known names, for an unknown name, and HeadFileError for a file without
    a head.
    """
    if str(name_or_path) == BUILTIN:
        with resources.as_file(resources.files("assets") / "heads" / "builtin.npz") as path:
            return read_head(path)
    return load_head_file(locate_head(str(name_or_path)))


def load_head_file(path: Path) -> Head:
    """Return the head in a file; its content decides whether it is this program's format or FLAME's.

    Raises HeadFileError. FLAME stores no colours: its eyeballs get painted irises.
    """
    if is_own_head(path):
        return read_head(path)
    head = read_flame(path)
    return replace(head, vertex_colors=paint_irises(head.template, head.skin_weights[:, EYE_JOINTS]))


def locate_head(name_or_path: str) -> Path:
    """Return the file of an added head, by its name or by the file's path; raises InputError."""
    # Systems differ in how they encode accents; the folder's name has one code point for each letter.
    plain = unicodedata.normalize("NFC", str(name_or_path))
    if plain in head_names():
        return added_heads_folder() / plain / HEAD_FILE
    path = at_home(name_or_path)
    if not is_file(path):
        raise InputError(
            f"No head is named {shown(name_or_path)}, and there is no such file. "
            f"Give a FLAME or .npz file, or one of: {', '.join(head_names())}."
        )
    return path


def own_mapping(name_or_path: str) -> Path | None:
    """Return the mapping folder of an added head, None for a head without one; raises InputError."""
    if str(name_or_path) == BUILTIN:
        return None
    file = locate_head(name_or_path)
    folder = file.with_name(MAPPING_FOLDER)
    return folder if file.name == HEAD_FILE and is_folder(folder) else None
