"""The overlay over the picture: read-outs, keys, notices, a banner, a panel of sliders, and a timeline."""
