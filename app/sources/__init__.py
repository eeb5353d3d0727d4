"""Where frames come from: cameras, clips, pictures, addresses and recorded takes."""

from app.sources.contract import BLACK, Color, Source, SourceItem, SourceLost, SourceNotice, TakeFrame
from app.sources.opening import open_source

__all__ = [
    "BLACK",
    "Color",
    "Source",
    "SourceItem",
    "SourceLost",
    "SourceNotice",
    "TakeFrame",
    "open_source",
]
