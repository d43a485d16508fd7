"""What happens to a call: it passes the interception, is logged, metered and failed on purpose, and becomes events that
rules forward.
"""
