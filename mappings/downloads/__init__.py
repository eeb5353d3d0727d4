"""Download files over http(s) within limits."""
