"""The process around a run: terminal, stop signals, daemon threads, tuning to the machine, names of files."""
