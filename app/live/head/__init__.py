"""The head of a live run: its drivers, and the change to another head while the run goes on."""
