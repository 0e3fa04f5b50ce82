"""PURE: text in, findings out, each with because. Rules and words are data, in Dutch to correct."""

from chalicelib.detection.stack import VERSION, EncoderAway, Reader, Tier, classifier, classify

__all__ = ["VERSION", "EncoderAway", "Reader", "Tier", "classifier", "classify"]
