"""The files that are tried: valid samples, damaged and forged copies of them, and random structures."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.robustness.fuzz.corpus import Case
from tests.robustness.fuzz.mutate import mutated
from tests.robustness.fuzz.readers import READERS
from tests.robustness.fuzz.structures import structures

_STRUCTURED = 0.25
"""Share of the files that hypothesis makes."""


def valid() -> list[Case]:
    """Return every valid sample; each has to be read without an error."""
    return [
        Case(reader, name, content)
        for reader, kind in READERS.items()
        for name, content in kind.samples().items()
    ]


def cases(count: int, seed: int) -> Iterator[Case]:
    """Yield about `count` bad files; equal seeds give equal files."""
    yield from structures(round(_STRUCTURED * count))
    rng = random.Random(seed)
    samples = {reader: list(kind.samples().items()) for reader, kind in READERS.items()}
    for index in range(count - round(_STRUCTURED * count)):
        reader = list(samples)[index % len(samples)]
        name, content = rng.choice(samples[reader])
        yield Case(reader, name, mutated(content, rng))
