"""`make doctor`: the path is broken in every way that we know, and the doctor has to name each."""
