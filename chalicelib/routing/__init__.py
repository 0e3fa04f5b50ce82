"""Where a message goes: rules as data in, one team with its because out. Pure."""
