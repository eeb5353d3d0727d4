"""Follow one person among several faces."""
