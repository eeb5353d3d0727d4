"""One writer for each output format, and the files and encoders that they share."""
