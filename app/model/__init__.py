"""A head with its mapping and solver, and what is kept of a person: identity and profiles."""
