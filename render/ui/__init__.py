"""The overlay over the picture: read-outs, keys, notices, a banner, and a panel of sliders."""
