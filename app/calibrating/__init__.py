"""Calibrate to one person: rest, shut eyes, open mouth and smile become a profile."""
