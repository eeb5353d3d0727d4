"""Where pictures come from: cameras, clips, stills, addresses and recorded takes."""

from app.sources.contract import (
    BLACK,
    Color,
    ObservedFrame,
    Source,
    SourceItem,
    SourceLost,
    SourceNotice,
)
from app.sources.opening import open_source

__all__ = [
    "BLACK",
    "Color",
    "ObservedFrame",
    "Source",
    "SourceItem",
    "SourceLost",
    "SourceNotice",
    "open_source",
]
