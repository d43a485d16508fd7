"""What a run makes, how it keeps count of it, and how all of it goes again."""
