"""Nothing can refuse here: chat answers never leave our own house."""
