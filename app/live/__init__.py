"""The live run: capture thread -> tracking-and-mapping thread -> main thread, newest frame wins."""
