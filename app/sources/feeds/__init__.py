"""Live feeds: cameras of this machine and streams of the network, asked again after a loss."""
