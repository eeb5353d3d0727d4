"""Gather the observations of many clips: in parallel, resumable, without frames that would mislead a fit."""
