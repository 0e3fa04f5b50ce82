"""Practice: a recorded evening comes in at a chosen pace, as the platforms would deliver it."""
