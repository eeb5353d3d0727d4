"""Write the module tables of docs/architecture.md from the modules' own first sentences.

python scripts/list_modules.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- modules: written by scripts/list_modules.py -->\n", "<!-- end of modules -->\n"
ROOMS = ("flame_model", "mappings", "render", "app")


def first_sentence(module: Path) -> str:
    """Return the first sentence of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).rstrip(".")


def module_tables() -> str:
    """Return one table per folder of each room, in the rooms' order."""
    parts = []
    for room in ROOMS:
        folders = sorted({path.parent for path in (ROOT / room).rglob("*.py")})
        for folder in folders:
            package = first_sentence(folder / "__init__.py") if (folder / "__init__.py").exists() else ""
            name = folder.relative_to(ROOT).as_posix()
            modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
            rows = [f"| `{module.name}` | {first_sentence(module)} |\n" for module in modules]
            parts.append(f"### {name}/\n{package}\n\n| module | one meaning |\n|---|---|\n{''.join(rows)}\n")
    return "".join(parts)


def with_tables(document: str) -> str:
    """Return the document with the tables between its markers made anew."""
    before, rest = document.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + "\n" + module_tables() + END + after


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
