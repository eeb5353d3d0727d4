"""The example in the docstring of `Source` works, and `frames` yields frames alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from app.sources import Source, SourceItem, SourceLost, SourceNotice, TakeFrame
from flame_model.arrays import Picture
from flame_model.errors import SourceError
from mappings.frames import Frame

PICTURES = [np.full((48, 64, 3), level, np.uint8) for level in (10, 20, 30)]


def slides() -> Source:
    """Return the documented source, made from the text of the docstring."""
    documented = inspect.getdoc(Source) or ""
    code = dedent(documented[documented.index("    class Slides") :])
    names: dict[str, Any] = {"Frame": Frame, "Iterator": Iterator, "Picture": Picture}
    exec(code, names | {"Source": Source, "SourceItem": SourceItem}, names)
    source: Source = names["Slides"](PICTURES)
    return source


def test_the_documented_source_gives_frames_and_ends_when_it_is_closed() -> None:
    with slides() as source:
        assert (source.size, source.fps, source.frame_count, source.last_s) == ((64, 48), 1.0, 3, 0.0)
        frames = [item for item in source if isinstance(item, Frame)]
    assert [(frame.index, frame.time_s) for frame in frames] == [(0, 0.0), (1, 1.0), (2, 2.0)]
    assert [int(frame.image.mean()) for frame in frames] == [10, 20, 30]
    assert list(source) == []


class ReportingSource(Source):
    """Yields what it is given."""

    name = "camera 0"

    def __init__(self, *items: SourceItem) -> None:
        self._items = items

    def __iter__(self) -> Iterator[SourceItem]:
        yield from self._items

    def close(self) -> None:
        """Do nothing."""


def test_frames_come_alone_and_the_rest_is_said() -> None:
    frame = Frame(0, 0.0, PICTURES[0])
    source = ReportingSource(SourceNotice("it ends early"), frame, SourceLost("camera 0 is lost"))
    said: list[str] = []
    assert list(source.frames(said.append)) == [frame]
    assert said == ["it ends early", "camera 0 is lost"]


def test_a_take_has_no_frames() -> None:
    with pytest.raises(SourceError, match="load_take"):
        next(ReportingSource(TakeFrame(0, 0.0, None)).frames())


def test_what_can_be_observed_comes_without_notices() -> None:
    frame, taken, said = Frame(0, 0.0, PICTURES[0]), TakeFrame(1, 1.0, None), []
    source = ReportingSource(frame, SourceNotice("it ends early"), taken)
    assert list(source.observable(said.append)) == [frame, taken]
    assert said == ["it ends early"]
