"""What the benchmarks measure, and the tables that they make of it; the commands are in `benchmarks`."""
