"""Gather data, fit mappings to them, plot both, and measure the tracker's response to a head."""
