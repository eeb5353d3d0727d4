"""The sections of the panel, one module each: what a section shows, and what the user's answers do."""
