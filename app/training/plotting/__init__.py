"""Pictures of gathered data and of what a mapping makes of them; they need the extra `plot`."""
