"""The overlay over the picture: words, a banner, a panel of sliders, a timeline and a question."""
