"""Gather what the tracker sees in many clips: in parallel, resumable, without misleading frames."""
