"""Sound in recordings: where it comes from, and its place in a video file."""
