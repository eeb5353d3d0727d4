"""What is drawn over the picture and beside it: words, a banner, a question, a timeline, and the panel."""
