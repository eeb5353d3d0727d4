"""The average face: landmark names, measured shape, eyes and ears; landmarks on heads, and reshaped heads."""
