"""From pictures to head parameters: the tracker, mappings, solvers and the driver of a head."""
