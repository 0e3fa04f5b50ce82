"""Structured logs, one JSON line each. What a citizen wrote never goes in: only ids and facts."""

from aws_lambda_powertools import Logger

logger = Logger(service="nabij")
