"""ministack as a child process of the rig, and what we add to it inside that process."""
