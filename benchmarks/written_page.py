"""Write the parts of pages in docs/ that commands measure: text between markers, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def write_section(page: str, section: str, text: str) -> None:
    """Replace the text between the section's markers in the page `docs/PAGE`.

    The markers are the lines `<!-- SECTION: written by a command -->` and `<!-- end of SECTION -->`. Raises
    ValueError where they are missing.
    """
    path = DOCS / page
    path.write_text(with_section(path.read_text(encoding="utf-8"), section, text), encoding="utf-8")


def with_section(document: str, section: str, text: str) -> str:
    """Return a document with the text between a section's markers replaced (see `write_section`)."""
    begin, end = f"<!-- {section}: written by a command -->", f"<!-- end of {section} -->"
    before, begun, rest = document.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"The document has no section between {begin} and {end}.")
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """Return a Markdown table whose first `words` columns are words and whose others are numbers."""
    rule = ["---"] * words + ["---:"] * (len(header) - words)
    return "\n".join(f"| {' | '.join(line)} |" for line in (header, rule, *rows))
