"""From observations to a moving head: pose, placement, easing, smoothing."""
