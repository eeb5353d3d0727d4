"""What is asked of every output before anything is opened: that it can be written, and costs nothing dear."""

from app.pipeline.outputs.checking import check_outputs
from app.pipeline.outputs.given import Given, given_source

__all__ = ["Given", "check_outputs", "given_source"]
