"""Measuring incident matching: recorded evenings, B-cubed, baselines, and fitting the weights."""
