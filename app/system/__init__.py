"""The process around a run: terminal, signals, threads that may be left behind, memory, names of files."""
