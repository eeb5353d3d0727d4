"""Write the tables of folders and modules in docs/architecture.md from their own first sentences.

python scripts/list_modules.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
FOLDERS = "<!-- folders: written by scripts/list_modules.py -->\n", "<!-- end of folders -->\n"
MODULES = "<!-- modules: written by scripts/list_modules.py -->\n", "<!-- end of modules -->\n"
ROOMS = ("flame_model", "mappings", "render", "app")


def first_sentence(module: Path) -> str:
    """Return the first paragraph of a module's docstring, which is one sentence, on one line."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).rstrip(".")


def folders_of(room: str) -> list[Path]:
    """Return the folders of a room that hold code, the room itself first."""
    return sorted({path.parent for path in (ROOT / room).rglob("*.py")})


def name_of(folder: Path) -> str:
    """Return a folder's path from the repository's root, with a slash at its end."""
    return f"{folder.relative_to(ROOT).as_posix()}/"


def folder_table() -> str:
    """Return one table with a line for each folder of each room."""
    folders = [folder for room in ROOMS for folder in folders_of(room)]
    rows = [f"| `{name_of(folder)}` | {first_sentence(folder / '__init__.py')} |\n" for folder in folders]
    return f"| folder | holds |\n|---|---|\n{''.join(rows)}"


def module_tables() -> str:
    """Return one table for each folder of each room, in the rooms' order."""
    parts = []
    for folder in (folder for room in ROOMS for folder in folders_of(room)):
        modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
        rows = [f"| `{module.name}` | {first_sentence(module)} |\n" for module in modules]
        if rows:
            parts.append(f"### {name_of(folder)}\n\n| module | one meaning |\n|---|---|\n{''.join(rows)}\n")
    return "".join(parts)


def with_tables(document: str) -> str:
    """Return the document with the tables between its markers made anew."""
    for (begin, end), table in ((FOLDERS, folder_table()), (MODULES, module_tables())):
        before, rest = document.split(begin)
        document = f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}"
    return document


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
