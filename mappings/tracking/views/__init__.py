"""The viewed part of a picture, enlarged or turned upright, and what is seen in it."""
