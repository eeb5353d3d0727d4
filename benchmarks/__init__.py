"""Benchmarks that write pages of docs/; run them from the repository: python -m benchmarks.pipeline."""
