"""Video files and streams of bytes: containers, decoding and colour conversion by FFmpeg."""
