"""Measure how well a head shows what a person did: drive it with clips, track its drawing and compare."""
