"""The tracker's response to a head's signals and turn, and the solver that inverts it."""
