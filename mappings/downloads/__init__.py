"""Download files over http(s), checked against a size and a SHA-256."""
