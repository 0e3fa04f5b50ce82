"""Nothing can refuse here: answers to partners never leave our own house."""
