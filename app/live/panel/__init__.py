"""What the sliders of the live window do."""
