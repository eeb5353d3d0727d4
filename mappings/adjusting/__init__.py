"""Adjust what a head shows of what was tracked: strengths, gains, held signals and expressions"""
