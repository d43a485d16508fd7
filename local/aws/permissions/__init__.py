"""What a caller may do: what a call needs, which policies there are, and what they say."""
