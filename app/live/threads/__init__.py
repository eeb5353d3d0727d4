"""The threads of a live run and the slots between them.

    startup    source and tracker open side by side (Startup, Opening)
    "capture"  takes items from the source                      -> Slot[CapturedItem]
    "track"    tracks them and animates the head (animate_live) -> Slot[LiveFrame]
    main       draws LiveFrames in the window (app.live.loop)

Each step is a plain generator, which tests drive without threads. A Worker runs one on a thread and puts what
it yields into a Slot.

*A slot holds one item and the newest wins.* A queue between steps of unequal speed would fill up, and every
entry would add one frame's time to the latency. A slot drops the older item instead and counts it, so each
step works on the newest picture that there is. Because any item may be dropped, notices do not go through the
slots but straight to `say`.

*A worker that ends closes the slots on both sides of it.* Its neighbours wake up instead of waiting for ever:
the one before it stops at its next `put`, the one after it takes what is left and then gets SlotClosed. The
worker keeps its exception. The main loop finds its slot closed and raises that exception.

*Requests run between two frames.* Observer and driver belong to the "track" thread alone and need no locks.
What a key changes in them is sent there as a function (Requests).

*Another source gets other threads.* It opens beside the one that is shown, with a tracker, a driver and slots
of its own (Workers). Once it is open, the main loop takes its frames and ends the threads before it
(SourceSwitch).

*Nothing waits for a source.* Drivers and networks can hang for ever in calls that cannot be interrupted. So
sources are opened and iterated on daemon threads, and a thread that has not ended after JOIN_S is left
behind.
"""
