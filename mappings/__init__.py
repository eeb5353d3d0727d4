"""From what the tracker saw to head parameters."""
