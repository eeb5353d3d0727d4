"""Check a command's outputs before anything is opened: they can be written and overwrite no input."""

from app.pipeline.outputs.checking import check_outputs
from app.pipeline.outputs.input_files import Given, given_source

__all__ = ["Given", "check_outputs", "given_source"]
