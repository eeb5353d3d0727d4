"""The average face: landmark names, measured shape, eyes and ears; and heads reshaped to another face."""
