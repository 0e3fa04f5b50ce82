"""What detection's findings say of how likely danger is, and who says so."""

from chalicelib.domain.assessment import Assessment

FOLLOWS = "vervolg"
"""Detection's rule for what comes after an emergency. What was none here has no sequel."""


def chance(assessment: Assessment) -> float:
    """How likely the model holds an emergency; without a model the rules are all there is."""
    return next((one.score for one in assessment.findings if one.name == "model"), 1.0)


def by_rules(assessment: Assessment) -> bool:
    """Whether a rule raised it, rather than the model alone."""
    found = [one.value for one in assessment.findings if one.name == "spoed"]
    return bool(found) and found != [FOLLOWS]
