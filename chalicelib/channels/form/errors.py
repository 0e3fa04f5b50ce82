"""Nothing can refuse here: form answers never leave our own house."""
