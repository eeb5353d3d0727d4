"""Composition: command line, sources, threads, window loop, recording."""
