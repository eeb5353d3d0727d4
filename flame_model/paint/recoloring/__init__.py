"""Give painted heads other colours of skin, eyes and brows, without painting them anew."""
