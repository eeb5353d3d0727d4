"""Mappings from the 52 scores to a head's coefficients: files, models and how they are fitted."""
