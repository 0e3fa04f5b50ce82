"""Counted as things happen, and read by managers."""
