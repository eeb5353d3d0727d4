"""How the tracker's readings on a head depend on its signals and turn, and the solver that inverts it."""
