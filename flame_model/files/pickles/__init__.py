"""Read the arrays in a pickle without running any code that the pickle names."""
