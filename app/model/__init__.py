"""The animated head (head, mapping and solver), and what is stored about a person: identity and profiles."""
