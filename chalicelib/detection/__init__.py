"""PURE: text in, findings out, each with because. Rules and words are data, in Dutch to correct."""

from chalicelib.detection.classifying import VERSION, classify

__all__ = ["VERSION", "classify"]
