"""Measurements that stay with the project; run them from the repository: python -m benchmarks.pipeline."""
