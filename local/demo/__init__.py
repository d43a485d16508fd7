"""`make demo`: the article's network, from a peering request to a working ssh, before a person's eyes.

`story` is what happens, `screen` how it looks, `watch` follows an execution, `evidence` reads what is there afterwards.
"""
