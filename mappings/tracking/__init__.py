"""The tracker: MediaPipe's landmarker, the search for faces, and the person who is followed."""
