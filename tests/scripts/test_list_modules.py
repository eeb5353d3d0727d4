"""docs/architecture.md lists every module with the first sentence of its docstring."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "list_modules.py"


def test_the_document_is_what_the_modules_say() -> None:
    script = runpy.run_path(str(SCRIPT))
    document = script["DOCUMENT"].read_text(encoding="utf-8")
    assert script["with_tables"](document) == document, "run python scripts/list_modules.py"


def test_every_module_says_what_it_is_for() -> None:
    script = runpy.run_path(str(SCRIPT))
    root = script["ROOT"]
    silent = [
        str(module.relative_to(root))
        for room in script["ROOMS"]
        for module in (root / room).rglob("*.py")
        if not script["first_sentence"](module)
    ]
    assert silent == []
