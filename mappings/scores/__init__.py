"""Mappings from the 52 scores to the coefficients of a head: files, models and how they are fitted."""
