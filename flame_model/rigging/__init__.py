"""Shapes that any rigged head needs: blink shapes around its eyeballs, and pose correctives."""
