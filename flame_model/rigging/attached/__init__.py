"""Attach parts to heads as vertices and faces of their own: lashes, lid shadows, a shirt, locks of hair."""
