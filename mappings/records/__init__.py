"""Recorded observations and what belongs to them: takes, tracks, gathered frames, labels."""
