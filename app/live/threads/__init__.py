"""The threads of a live run: capture, tracking and mapping, and the slots between them."""
