"""`make bench`: what a connection costs, counted on the rig. Counts and ratios of one run;
nothing is asserted as a time.
"""
