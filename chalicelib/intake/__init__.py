"""PURE: the intake assistant. What a citizen said goes in; what is known and said back comes out.

The conversation flows and all words are data: ``flows/*.toml`` and ``words/*.toml``.
"""
