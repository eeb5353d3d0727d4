"""Live feeds: cameras and network streams, opened again after they are lost."""
