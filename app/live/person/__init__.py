"""The person in front of a live run: profile and calibration."""
