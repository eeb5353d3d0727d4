"""Addresses, without what nobody else should read in them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_LOGIN = re.compile(r"(?<=//)[^/?#\s]*@")
"""User and password, up to the last @ before a path: passwords that nobody quoted may hold more of them."""


def without_login(text: str) -> str:
    """Return text with every address in it free of the user and password that it may carry."""
    return _LOGIN.sub("", text)


def shown(address: str) -> str:
    """Return an address without user, password, query and fragment."""
    return without_login(address).partition("?")[0].partition("#")[0]


def parts(address: str) -> SplitResult | None:
    """Return the parts of an address, None for a malformed one, such as http://[::1 or a port of words."""
    try:
        split = urlsplit(address)
        _ = split.port
    except ValueError:
        return None
    return split
