"""One class for each OpenGL pass: build, draw, release."""
