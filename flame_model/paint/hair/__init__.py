"""Hair as an option of any head: painted strands, volume on the scalp, and locks that hang from it"""
