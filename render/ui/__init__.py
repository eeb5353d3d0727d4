"""What is drawn over the picture: text, sliders."""
