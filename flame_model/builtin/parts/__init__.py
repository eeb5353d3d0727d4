"""The built-in head's separate parts: ears, eyeballs, lashes, teeth and tongue."""
