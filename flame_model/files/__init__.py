"""Files of heads, identities and arrays, read within limits and written whole."""
