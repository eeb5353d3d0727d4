"""Fit mappings from the 52 scores to a head's coefficients, judged on people they were not fitted to."""
