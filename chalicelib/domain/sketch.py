"""How many different people, without a list of them: a HyperLogLog of 1,024 registers.

Of each person only a *mark* is kept: which register, and how many zeros their number begins with.
Thousands share a mark, and it is made for one search alone, so nobody is found again by it. Two
sketches become one by the larger of each register. Off by 3.3 % (1.04 / √1024) at one standard
deviation; small numbers are counted by the registers that are still empty, nearly without error.

Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog", 2007. Written here: the libraries that do more
(datasketches, 10 MB compiled) save none of these lines.
"""

import hashlib
import math
from collections.abc import Iterable

REGISTERS = 1024
BITS = 54
"""Of a number, beside the ten that choose its register."""

ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
FIRST = "0"
"""The sign of an empty register; each rank is one sign further."""

EMPTY = FIRST * REGISTERS

Mark = int
Sketch = str


def mark_of(who: str, search: str) -> Mark:
    """What is kept of a person, for one search."""
    number = int.from_bytes(hashlib.sha256(f"{search}\n{who}".encode()).digest()[:8])
    rest = number >> 10
    rank = BITS - rest.bit_length() + 1
    return (number & (REGISTERS - 1)) * 64 + rank


def sketched(marks: Iterable[Mark]) -> Sketch:
    """The registers after these marks, one sign each."""
    ranks = [0] * REGISTERS
    for mark in marks:
        register, rank = divmod(mark, 64)
        ranks[register] = max(ranks[register], rank)
    return "".join(chr(ord(FIRST) + rank) for rank in ranks)


def together(sketches: Iterable[Sketch]) -> Sketch:
    """Everybody who is in any of them."""
    return "".join(map(max, *[EMPTY, EMPTY, *sketches]))


def estimated(sketch: Sketch) -> int:
    """How many people."""
    ranks = [ord(sign) - ord(FIRST) for sign in sketch]
    raw = ALPHA * REGISTERS**2 / sum(2.0**-rank for rank in ranks)
    empty = ranks.count(0)
    few = raw <= 2.5 * REGISTERS and empty
    return round(REGISTERS * math.log(REGISTERS / empty) if few else raw)
