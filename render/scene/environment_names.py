"""The names of the environments, in a module without heavy imports so that --help lists them at once."""

from __future__ import annotations

from flame_model.errors import InputError

STUDIO, OVERCAST, WINDOW, SUNSET, STAGE = "studio", "overcast", "window", "sunset", "stage"
ENVIRONMENT_NAMES = (STUDIO, OVERCAST, WINDOW, SUNSET, STAGE)
"""A warm key light, an even grey sky, a window at one side, a low sun, coloured lights from both sides."""
DEFAULT_ENVIRONMENT = STUDIO


def check_environment(name: str) -> None:
    """Raise InputError where there is no environment of this name."""
    if name not in ENVIRONMENT_NAMES:
        known = ", ".join(ENVIRONMENT_NAMES)
        raise InputError(f"There is no environment {name!r}; name one of {known}.")
