"""What is deployed beside the functions that Chalice finds in app.py, and what it adds to them.

``resources()`` is merged over Chalice's own template: dicts merge, everything else is replaced.
"""

from typing import Any

from infra.template import encoder, notices, signing_in
from infra.template.alarms import alarms
from infra.template.functions import functions
from infra.template.scanning import PARAMETER, conditions, scanning
from infra.template.stores import stores

Template = dict[str, Any]

PARAMETERS = {
    "PublicUrl": {
        "Type": "String",
        "Description": "Where citizens and platforms reach the service, without a slash at the end",
        "AllowedPattern": "https?://.+[^/]",
    },
    "SecretsPrefix": {
        "Type": "String",
        "Default": "nabij",
        "Description": "An account's secret is <prefix>/<channel>/<account>",
    },
    "ScanFiles": PARAMETER,
    "Detection": encoder.PARAMETER,
    "MailRecipients": notices.PARAMETER,
    **signing_in.PARAMETERS,
    "CardSender": {
        "Type": "String",
        "Default": "",
        "Description": "Verified address that cards to police units are mailed from; empty: none",
    },
    "PlatformUrls": {
        "Type": "String",
        "Default": "{}",
        "Description": "Other addresses of platforms, as a JSON object; for an acceptance stage",
    },
}


def resources(runtime: str) -> Template:
    """The template to merge; ``runtime`` is Lambda's name of the Python it was packaged for."""
    return {
        "Description": "Nabij: webcare for public services",
        "Parameters": PARAMETERS,
        "Conditions": conditions()
        | encoder.conditions()
        | notices.conditions()
        | signing_in.conditions(),
        "Resources": stores()
        | functions()
        | alarms()
        | scanning()
        | notices.notices()
        | signing_in.signing_in()
        | encoder.encoder(runtime),
        "Outputs": {"TableName": {"Value": {"Ref": "Table"}}},
    }
