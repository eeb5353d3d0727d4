"""Where pictures come from: cameras, clips, stills, addresses and recorded takes."""

from app.sources.contract import ObservedFrame, Source, SourceItem, SourceLost, SourceNotice
from app.sources.opening import open_source

__all__ = ["ObservedFrame", "Source", "SourceItem", "SourceLost", "SourceNotice", "open_source"]
