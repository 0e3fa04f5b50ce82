"""What we look for in public, by whose leave, and what rises above the usual."""
