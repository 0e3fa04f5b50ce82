"""Receipts come in any order; a delivery never goes back."""

from itertools import permutations

from chalicelib.domain.delivery import ALLOWED, FINISHED, is_newer_receipt
from chalicelib.domain.message import ReceiptState


def test_whatever_the_order_the_furthest_receipt_stays() -> None:
    receipts: list[ReceiptState] = ["sent", "delivered", "read"]
    for order in permutations(receipts):
        standing: ReceiptState | None = None
        for state in order:
            if is_newer_receipt(state, standing):
                standing = state
        assert standing == "read"


def test_a_failure_is_final() -> None:
    assert is_newer_receipt("failed", "sent")
    assert not is_newer_receipt("read", "failed")
    assert not is_newer_receipt("failed", "failed")


def test_nothing_leaves_refused_and_nothing_is_sent_from_a_finished_state() -> None:
    assert ALLOWED["refused"] == frozenset()
    for state in FINISHED:
        assert "sending" not in ALLOWED[state]
        assert "queued" not in ALLOWED[state]
