"""The rig: one local AWS and one packet lab that follow each other, held by one process.

`world` builds the article's network in it through the AWS APIs; `control` is the door for the demo and the scenarios.
"""
