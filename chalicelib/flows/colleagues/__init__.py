"""Who our colleagues are, and what they set up."""
