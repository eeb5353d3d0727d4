"""Record in the live window: pictures and takes, the countdown before them, and what was recorded after."""
