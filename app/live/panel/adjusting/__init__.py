"""What a user adjusts of what is tracked, by keys and in sections of the panel."""
