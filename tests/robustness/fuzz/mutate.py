"""Damage and forge files at random, to find readers that fail on them."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

Random = random.Random

_NUMBERS = (
    b"-1",
    b"1e999",
    b"NaN",
    b"Infinity",
    b"9" * 5000,
    b"0x" + b"f" * 4000,
    b"1e-400",
    b"true",
    b"null",
)
_TOKENS = (
    b"[" * 5000,
    b'{"a":' * 3000,
    b'"\\ud800"',
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\n" * 50,
    b'""',
)
_HEADERS = (
    b"{'descr': '|O', 'fortran_order': False, 'shape': (3,), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }",
    b"{'descr': '<f4', 'fortran_order': True, 'shape': (4294967295, 4294967295), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 52), }",
    b"{'descr': [('a', '<f8'), ('b', '|O')], 'fortran_order': False, 'shape': (3,), }",
    b"{'descr': '<U0', 'fortran_order': False, 'shape': (99999999999,), }",
    b"{'descr': '<U2000000000', 'fortran_order': False, 'shape': (1,), }",
    b"{'descr': '<m8[ns]', 'fortran_order': False, 'shape': (3,), }",
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (3,",
    b"  {'descr': '<f8',\n 'fortran_order': False,\n\t'shape': (3,), }",
    b"(" * 3000 + b")" * 3000,
    b"'''",
)
_TYPES = (
    b"<f8",
    b"<f4",
    b"<f2",
    b">f4",
    b"<i4",
    b"<i8",
    b"<u8",
    b"|b1",
    b"<U3",
    b"|S4",
    b"<c8",
    b"|O",
    b"<M8",
)


def flip(content: bytes, rng: Random) -> bytes:
    """Change some bits."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(content: bytes, rng: Random) -> bytes:
    """Truncate the file."""
    return content[: rng.randrange(len(content) + 1)]


def splice(content: bytes, rng: Random) -> bytes:
    """Repeat, remove or overwrite a stretch."""
    begin, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    middle = rng.choice(
        (b"", content[begin:end] * 2, rng.randbytes(min(end - begin, 64)), b"\xff" * (end - begin))
    )
    return content[:begin] + middle + content[end:]


def numbers(content: bytes, rng: Random) -> bytes:
    """Replace four bytes, which may be a length or a count, by a hostile number."""
    if len(content) < 8:
        return content
    place = rng.randrange(len(content) - 4)
    value = rng.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF, rng.getrandbits(32)))
    return content[:place] + struct.pack(rng.choice(("<I", ">I")), value) + content[place + 4 :]


def text(content: bytes, rng: Random) -> bytes:
    """Put something hostile where a text has a number, a word or any letter."""
    places = [match.span() for match in re.finditer(rb"[\w.+-]+", content)]
    begin, end = rng.choice(places) if places else (0, 0)
    return content[:begin] + rng.choice((*_NUMBERS, *_TOKENS, content[begin:end] * 2)) + content[end:]


def header(content: bytes, rng: Random) -> bytes:
    """Declare another kind or number of values in the header of an array."""
    start = content.find(b"\x93NUMPY\x01")
    if start < 0:
        return flip(content, rng)
    length = int.from_bytes(content[start + 8 : start + 10], "little")
    body = start + 10
    declared = content[body : body + length]
    if rng.random() < 0.5:
        new = rng.choice(_HEADERS)
    elif rng.random() < 0.5:
        new = re.sub(rb"'[<>|][\w\[\]]+'", b"'" + rng.choice(_TYPES) + b"'", declared)
    else:
        new = re.sub(
            rb"\d+,", lambda _: b"%d," % rng.choice((0, 1, 2, 51, 53, 2**20, 2**40)), declared, count=1
        )
    new = new.rstrip() + b"\n"
    return content[: start + 8] + struct.pack("<H", len(new)) + new + content[body + length :]


def members(content: bytes, rng: Random) -> bytes:
    """Damage, swap, drop or rename members of a zip, or pack them by another method."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return flip(content, rng)
    names = list(parts)
    one, other = rng.choice(names), rng.choice(names)
    kind = rng.randrange(6)
    if kind <= 2:
        parts[one] = rng.choice((header, header, splice, cut, flip))(parts[one], rng)
    elif kind == 3:
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == 4:
        del parts[one]
    else:
        parts[rng.choice(("../x", "x" * 300, other + ".npy", "\x1b[31m"))] = parts.pop(one)
    memory = io.BytesIO()
    method = rng.choice(
        (zipfile.ZIP_DEFLATED,) * 4 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return memory.getvalue()


def sizes(content: bytes, rng: Random) -> bytes:
    """State a wrong size for a member in a zip's directory."""
    places = [match.start() for match in re.finditer(b"PK\x01\x02", content)]
    if not places:
        return numbers(content, rng)
    place = rng.choice(places) + rng.choice((20, 24, 42))
    return (
        content[:place]
        + struct.pack("<I", rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 99)))
        + content[place + 4 :]
    )


def twice(content: bytes, rng: Random) -> bytes:
    """Damage in two ways."""
    return rng.choice(_PLAIN)(rng.choice(_PLAIN)(content, rng), rng)


_PLAIN: tuple[Callable[[bytes, Random], bytes], ...] = (flip, cut, splice, numbers)


def mutated(content: bytes, rng: Random) -> bytes:
    """Return a damaged or forged copy of a file."""
    if content.startswith(b"PK"):
        return rng.choice((*_PLAIN, members, members, members, members, sizes, twice))(content, rng)
    if content.startswith(b"\x93NUMPY"):
        return rng.choice((*_PLAIN, header, header, header, twice))(content, rng)
    if content[:64].isascii() or content.startswith(b"\xef\xbb\xbf"):
        return rng.choice((flip, cut, splice, text, text, text, text, twice))(content, rng)
    return rng.choice((*_PLAIN, text, twice))(content, rng)
