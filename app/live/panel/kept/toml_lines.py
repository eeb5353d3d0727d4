"""Change single lines of a TOML text; everything else in it, comments included, stays as it is."""

from __future__ import annotations

import json
import re


def set_line(text: str, key: str, value: object, words: str) -> str:
    """Return the text with `key = value` at its top level, below a comment of `words` where it is new.

    The key's own line is replaced where there is one, and removed for a value of None.
    """
    lines = text.splitlines()
    top = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
    found = next((number for number in range(top) if pattern.match(lines[number])), None)
    new = None if value is None else f"{key} = {toml_value(value)}"
    if found is not None:
        lines[found : found + 1] = [] if new is None else [new]
        if new is None and found and lines[found - 1] == f"# {words}":
            del lines[found - 1]
    elif new is not None:
        lines[top:top] = [f"# {words}", new]
    return "\n".join(lines) + "\n"


def toml_value(value: object) -> str:
    """Return a value as TOML writes it in one line: texts, numbers, and lists of these."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    # JSON writes texts, numbers and truth as TOML does, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def dotted_key(*parts: str) -> str:
    """Return a key of a table inside a table, such as `face."my head"`."""
    bare = re.compile(r"[A-Za-z0-9_-]+")
    return ".".join(part if bare.fullmatch(part) else toml_value(part) for part in parts)
