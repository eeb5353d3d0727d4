"""Write an evaluation as an HTML page and as a table for the terminal."""
