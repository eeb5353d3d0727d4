"""The live window: run a camera, clip or take through tracker and mapping onto the screen.

`run.py` builds the parts of a run and takes them down. `threads/` produces LiveFrames beside the main thread,
and explains their design. `loop.py` is the main thread: it draws the newest LiveFrame with `screen.py` and
does what `keys.py` lists.
"""
