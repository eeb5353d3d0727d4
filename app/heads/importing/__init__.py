"""Make a named head of a file: read it, find its landmarks, add blink shapes, paint, mapping and response."""
