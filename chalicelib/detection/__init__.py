"""PURE: text in, findings out, each with because. Rules and words are data, in Dutch to correct."""

from chalicelib.detection.stack import VERSION, classifier, classify

__all__ = ["VERSION", "classifier", "classify"]
