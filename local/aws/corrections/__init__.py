"""What moto answers differently from AWS, put right. One module per AWS behaviour, each with
a test of the same name; what they have in common is in correction.py.
"""
