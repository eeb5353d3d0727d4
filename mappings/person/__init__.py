"""The differences between people: resting face, correction of their scores, profile, identity."""
