"""Picture files: recognised by content, decoded to upright sRGB, shown still or as an animation."""
