"""The published editions of FLAME: their files, archives and licences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flame_model.errors import InputError
from flame_model.head import Head, Provenance

OPEN_LICENCE = "CC BY 4.0 (commercial use allowed, credit the authors)"
RESEARCH_LICENCE = "FLAME licence: research, non-commercial"
UNKNOWN_EDITION = "FLAME layout, edition not known"
UNKNOWN_LICENCE = "not known; every FLAME edition but 2023 Open is for research, non-commercial"

PUBLISHED_SIZE = (5023, 9976)
"""Vertices and faces of every published edition."""

_COPY = re.compile(r"[ _-]*\(\d+\)$")
"""Browsers append this to the name of a second download."""
_YEAR = re.compile(r"(?<!\d)(2017|2019|2020)(?!\d)")
_OLDER_FILES = {
    "generic_model": "",
    "flame_neutral": "",
    "flame_generic": "",
    "male_model": ", male",
    "flame_male": ", male",
    "female_model": ", female",
    "flame_female": ", female",
}
_NEWER_FILES = {
    "flame2023_open": ("FLAME 2023 Open", OPEN_LICENCE),
    "flame2023": ("FLAME 2023", RESEARCH_LICENCE),
    "flame2023_no_jaw": ("FLAME 2023, no jaw", RESEARCH_LICENCE),
}

PREFERRED_FILES = ("flame2023_open", "flame2023", "generic_model", "flame_neutral", "flame_generic")
"""Order in which the files of an archive are preferred: open licence first, neutral before gendered."""


@dataclass(frozen=True, slots=True)
class Download:
    """An archive that FLAME's site offers."""

    key: str
    """The value of `--edition`."""
    edition: str
    licence: str
    archive: str
    """The site's name of the file."""
    about: str
    """A few words on what distinguishes the edition."""


DOWNLOADS = (
    Download("2023-open", "FLAME 2023 Open", OPEN_LICENCE, "FLAME2023Open.zip", "newest, open licence"),
    Download("2023", "FLAME 2023", RESEARCH_LICENCE, "FLAME2023.zip", "with and without jaw in the shapes"),
    Download("2020", "FLAME 2020", RESEARCH_LICENCE, "FLAME2020.zip", "better eye region; gendered models"),
    Download("2019", "FLAME 2019", RESEARCH_LICENCE, "FLAME2019.zip", "better identity than 2017"),
)


def download_of(key: str) -> Download:
    """Return the archive for a value of `--edition`; raises InputError."""
    for download in DOWNLOADS:
        if download.key == key:
            return download
    known = ", ".join(download.key for download in DOWNLOADS)
    raise InputError(f"FLAME has no edition {key!r} to download; choose one with --edition: {known}.")


def plain_stem(name: str) -> str:
    """Return a file's name as the tables above spell it: lower case, no folder, suffix or copy number."""
    return _COPY.sub("", Path(name).stem).casefold()


def flame_provenance(file_name: str, where: str) -> Provenance:
    """Return edition and licence by the name of a FLAME file.

    The older editions share their file names; their year is taken from `where`, the name of the archive or
    folder, if it is there.
    """
    stem = plain_stem(file_name)
    if stem in _NEWER_FILES:
        return Provenance(*_NEWER_FILES[stem], source=file_name)
    if stem in _OLDER_FILES:
        year = _YEAR.search(where)
        edition = f"FLAME {year[1] if year else '2017, 2019 or 2020'}{_OLDER_FILES[stem]}"
        return Provenance(edition, RESEARCH_LICENCE, file_name)
    return Provenance(UNKNOWN_EDITION, UNKNOWN_LICENCE, file_name)


def doubt(head: Head) -> str | None:
    """Return a sentence where a head's size contradicts the edition that its file is named as, else None."""
    size = (len(head.template), len(head.faces))
    if head.provenance.edition == UNKNOWN_EDITION or size == PUBLISHED_SIZE:
        return None
    return (
        f"{head.provenance.source} is named as {head.provenance.edition}, but it has {size[0]} vertices and "
        f"{size[1]} faces where every published edition has {PUBLISHED_SIZE[0]} and {PUBLISHED_SIZE[1]}"
    )
