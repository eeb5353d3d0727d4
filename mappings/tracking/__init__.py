"""Whose face is seen in a picture: the landmarker, the search for a face, and the person who is followed."""
