"""Live feeds: cameras of this machine and streams of the network, opened again after a loss."""
