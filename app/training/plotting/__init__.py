"""Plots of gathered data and of the coefficients that a mapping gives for them; needs the extra `plot`."""
