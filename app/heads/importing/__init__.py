"""Make a head of a file: read it, find its landmarks, paint it, add blink shapes, mapping and response."""
