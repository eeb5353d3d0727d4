"""Why a file of arrays cannot be read, in a few words for the sentence that says so."""

from __future__ import annotations


def reason(error: Exception) -> str:
    """Return the first line of what zipfile, zlib or NumPy say of a damaged file, without full stop."""
    text = str(error)
    if "pickle" in text:
        # NumPy takes every unknown file for a pickle and advises to load it unsafely.
        return "it holds no plain arrays"
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__
