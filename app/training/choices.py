"""The choices of the training commands; they import nothing heavy, so that --help lists them at once."""

from __future__ import annotations

RIDGE, MLP = "ridge", "mlp"
MODELS = (RIDGE, MLP)
"""A linear mapping, or a linear mapping with the correction of a small neural network."""
CLIP, FOLDER = "clip", "folder"
PEOPLE = (CLIP, FOLDER)
"""Each clip shows another person, or all clips of a folder show the same person."""
