"""A message comes in: kept before anything else, then parsed and accepted once."""
