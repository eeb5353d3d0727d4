"""Measure how the tracker reads a head: play it at random, draw it, track the drawing, fit the response."""
