"""Asks a real organisation whether the assumptions of docs/design.md hold, and connects one VPC from end to end.

`story` is the order of it all, `target` what it runs against (`real`, or `local_target`), `checks` the assumptions,
`life` the connection; `preparation` comes before anything is made, `made` sees to it that nothing stays.
"""
