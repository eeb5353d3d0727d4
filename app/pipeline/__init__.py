"""From a source to observed and animated frames: what live and offline runs share.

Each type adds to the one before it what one more step has computed:

    Frame | TakeFrame    one item of a source: a picture, or an observation that was recorded without one
    FaceObservation      what the tracker saw of one face in a picture; None where there is no face
    ObservedFrame        a picture with its observation, mirrored alike
    AnimatedFrame        an ObservedFrame with the head parameters that follow from it
    LiveFrame            an AnimatedFrame for the window, with what the overlay shows of it (app/live)
"""
