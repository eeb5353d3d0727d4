"""Calibrate to one person: make a profile from rest, shut eyes, open mouth and smile."""
