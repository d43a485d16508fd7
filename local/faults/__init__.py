"""Does a workflow reach the same end, whatever call of it fails, and however? docs/operations.md,
"When something failed".
"""
