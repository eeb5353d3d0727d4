"""One class for each OpenGL pass: build its programs, draw, release."""
