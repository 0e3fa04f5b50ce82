"""What can be said of a text that an agent writes: what should not be in it, and how plain it is.

Pure: text in, findings out. Nothing here stops a text; a person decides.
"""
