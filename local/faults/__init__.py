"""Does a workflow reach the same end, whatever call of it fails, and however? See docs/operations.md, "Faults"."""
