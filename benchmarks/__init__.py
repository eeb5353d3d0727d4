"""Benchmarks whose results stand in docs/; run them from the repository: python -m benchmarks.pipeline."""
