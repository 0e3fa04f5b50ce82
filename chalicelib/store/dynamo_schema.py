"""The table as CreateTable and CloudFormation want it, made from ``schema.py``."""

from typing import Any

from chalicelib.store.schema import INDEXES

Described = dict[str, Any]


def described_table() -> Described:
    """Keys and indexes, paid by use; without a name."""
    return {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"} for name in _key_attributes()
        ],
        "KeySchema": _key_schema("pk", "sk"),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": name,
                "KeySchema": _key_schema(index.pk, index.sk),
                "Projection": _projection(index.projected),
            }
            for name, index in INDEXES.items()
        ],
    }


def _key_attributes() -> list[str]:
    return ["pk", "sk", *(name for index in INDEXES.values() for name in (index.pk, index.sk))]


def _key_schema(pk: str, sk: str) -> list[Described]:
    return [
        {"AttributeName": pk, "KeyType": "HASH"},
        {"AttributeName": sk, "KeyType": "RANGE"},
    ]


def _projection(attributes: tuple[str, ...]) -> Described:
    if not attributes:
        return {"ProjectionType": "KEYS_ONLY"}
    return {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(attributes)}
