"""Structured logs, one JSON line each. What a citizen wrote never goes in: only ids and facts.

A figure is such a line too (EMF): CloudWatch reads it from the log, and no call leaves for it.
"""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

SERVICE, NAMESPACE = "nabij", "Nabij"

logger = Logger(service=SERVICE)


def measure(name: str, seconds: float) -> None:
    """Write down how long something took."""
    # A line for each figure, and not a set that a middleware empties: the local stage has threads.
    unit, about = MetricUnit.Seconds, {"service": SERVICE}
    with single_metric(name, unit, seconds, namespace=NAMESPACE, default_dimensions=about):
        pass
