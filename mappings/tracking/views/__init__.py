"""Parts of a picture that are looked at, enlarged or turned upright."""
