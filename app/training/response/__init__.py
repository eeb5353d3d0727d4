"""Measure the tracker's response to a head: draw it in random poses, track the drawings, fit the response."""
