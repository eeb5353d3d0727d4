"""Make a named head from a file: read it, find landmarks, add blink shapes, paint, mapping, response."""
