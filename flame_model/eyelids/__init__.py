"""Blink shapes for any head, and the eye openings they close."""
