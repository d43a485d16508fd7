"""A real organisation as the target. None of it can run where there is none:
its tests give every call to botocore's own models.
"""
