"""The settings file: read at the start of a run, changed by what the panel sets, never lost."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from app.live.panel.kept.fields import FIELDS
from app.live.panel.kept.toml_lines import dotted_key, set_line
from flame_model.errors import OutputError
from flame_model.files.checks import shown
from flame_model.files.writing.whole_file import write_text
from flame_model.files.writing.write_errors import reason_of
from flame_model.notices import Say

VERSION = 1
_HEADER = f"""\
# What the panel of flame-cam's window has set; the next runs of flame-cam begin with it.
# Options on the command line win over it, and `flame-cam --no-settings` neither reads nor changes it.
# It may be edited; lines that flame-cam does not know stay as they are.
version = {VERSION}
"""
_LARGEST = 1_000_000
"""Bytes of a file that is read; the program's own has some thousands."""


def settings_path() -> Path:
    """Return the file in the user's config folder."""
    return platformdirs.user_config_path("flame-cam", appauthor=False) / "settings.toml"


class KeptSettings:
    """The settings of the file at `path`, and what the panel changes in them.

    `values` holds those that can be used, by the names in FIELDS. Whatever is wrong with the file is told in
    one sentence, and the run goes on without it. With None as path, nothing is read or written.
    """

    def __init__(self, path: Path | None) -> None:
        self.told: list[str] = []
        """Sentences about the file as it was read."""
        self.say: Say = self.told.append
        """Gets later sentences."""
        self._path = path
        self._changes: dict[str, object] = {}
        self._frozen = False
        """Whether the file must stay as it is."""
        self.values: Mapping[str, object] = self._usable(self._read())

    def keep(self, name: str, value: object) -> None:
        """Keep a value of one of FIELDS for later runs, None for what is usual.

        `face.NAME` is the face of a head. The file changes by `write`.
        """
        self._changes[name] = value

    def write(self) -> None:
        """Write what has changed since the last call; where that cannot be, it is told once."""
        if self._path is None or self._frozen or not self._changes:
            return
        # Another window, or the user, may have changed the file meanwhile.
        text = self._text_now()
        for name, value in self._changes.items():
            field, _, rest = name.partition(".")
            key = dotted_key(field, rest) if rest else field
            text = set_line(text, key, value, FIELDS[field].words)
        try:
            tomllib.loads(text)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_text(self._path, text)
        except (OutputError, OSError, ValueError) as error:
            self._frozen = True
            self.say(f"what the panel sets is not kept: {error}")
        self._changes = {}

    def _text_now(self) -> str:
        known = self._read()
        text = "" if self._path is None or known is None else self._path.read_text(encoding="utf-8")
        return text or _HEADER

    def _read(self) -> dict[str, object] | None:
        """Return what the file holds, None where there is none; a broken one is set aside."""
        if self._path is None or not self._path.is_file():
            return None
        try:
            with self._path.open("rb") as file:
                content = file.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                raise ValueError(f"it has more than {_LARGEST:,} bytes")
            return tomllib.loads(content.decode())
        except OSError as error:
            self._frozen = True
            self.say(f"{self._path} cannot be read ({reason_of(error)}); the panel's settings are not used")
        except (ValueError, RecursionError) as error:
            self._set_aside(error)
        return None

    def _set_aside(self, error: Exception) -> None:
        assert self._path is not None
        number = 1
        while (aside := self._path.with_name(f"settings-broken-{number}.toml")).exists():
            number += 1
        try:
            self._path.rename(aside)
        except OSError as refusal:
            self._frozen = True
            self.say(f"{self._path} is broken ({error}), and it cannot be set aside ({reason_of(refusal)})")
        else:
            self.say(f"{self._path} is broken ({error}); it is kept as {aside.name}, and a new one begins")

    def _usable(self, values: dict[str, object] | None) -> dict[str, object]:
        """Return the values that can be used, and tell of the others."""
        if not values:
            return {}
        version = values.pop("version", VERSION)
        if not isinstance(version, int) or version > VERSION:
            self._frozen = True
            self.say(
                f"{self._path} is of a newer flame-cam; it is used as far as it is known and not changed"
            )
        unknown = [name for name in values if name not in FIELDS]
        if unknown:
            self.say(f"{self._path} holds {', '.join(map(shown, unknown))}, which flame-cam does not know")
        known = {name: value for name, value in values.items() if name in FIELDS}
        usable = {name: value for name, value in known.items() if FIELDS[name].takes(value)}
        for name in known.keys() - usable.keys():
            self.say(f"{self._path}: {name} cannot be {shown(str(known[name]))}; it is left out")
        return usable
