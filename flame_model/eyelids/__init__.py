"""Make blink shapes for any head: find each eye's opening and close the lids over it."""
