"""What differs between people: resting face, corrections of their scores, profile, identity."""
