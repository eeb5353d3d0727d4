"""Say how well a head shows what a person did: drive it with clips, draw it, track the drawing, compare."""
