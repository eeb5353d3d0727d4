"""One writer for each output format, and the codecs and files they share."""
