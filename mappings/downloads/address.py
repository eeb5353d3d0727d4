"""Show addresses without their passwords and other secrets, and take them apart."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_LOGIN = re.compile(r"(?<=//)[^/?#\s]*@")
"""User and password, up to the last @ before a path: passwords that are not quoted may contain others."""


def without_login(text: str) -> str:
    """Return a text without the users and passwords in its addresses."""
    return _LOGIN.sub("", text)


def shown(address: str) -> str:
    """Return an address without user, password, query and fragment."""
    return without_login(address).partition("?")[0].partition("#")[0]


def parts(address: str) -> SplitResult | None:
    """Return the parts of an address, None for a malformed one such as http://[::1 or http://host:port."""
    try:
        split = urlsplit(address)
        _ = split.port  # The port is parsed only when it is asked for, and may raise then.
    except ValueError:
        return None
    return split
