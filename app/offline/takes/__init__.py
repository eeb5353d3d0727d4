"""List, cut and join takes: `flame-cam takes`."""
