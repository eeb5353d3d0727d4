"""The behaviour of panels in the live window."""
