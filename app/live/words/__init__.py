"""What the live window says: notices, read-outs, help, and why no face is seen."""
