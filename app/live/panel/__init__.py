"""The panel beside the head, the timeline, and what they change in the live window."""
