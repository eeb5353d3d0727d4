"""Turn observations into a moving head: driver, pose, placement, smoothing, and moves to and from rest."""
