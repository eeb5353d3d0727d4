"""Colours, materials and textures of heads."""
