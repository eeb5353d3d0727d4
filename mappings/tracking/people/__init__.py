"""Find all faces in a picture, and follow one person among several people."""
