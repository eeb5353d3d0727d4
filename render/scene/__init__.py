"""What surrounds the head: the lights of the scene, and the background behind it."""
