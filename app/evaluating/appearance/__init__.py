"""Compare how a person and the head appear: face lengths, apparent turn, place in the picture."""
