"""GIF: a palette for the whole clip, its painting, and a size in bytes that is kept to."""
