"""The looks, one module each: data, and the OpenGL passes that draw the head so."""
