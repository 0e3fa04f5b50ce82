"""The network drawn as ONNX, without its weights: a small file that points into the file of them.

In: ``pieces`` (texts x places, i64), ``types`` (the same; 0 the message, 1 what came before it, 2
padding). Out: ``scores`` (texts x answers), ``meaning`` (texts x 384, unit length), ``brought``
(texts x places: what each place brought to the answer "emergency: yes" against "no"; they add up
to the difference of the two scores, but for the bias).
"""

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper

from chalicelib.detection.cross_encoder import WEIGHTS as CROSS_WEIGHTS
from chalicelib.detection.encoder import WEIGHTS
from infra.encoder.layout import EPSILON, HEADS, HIDDEN, LAYERS, SHARED, Tensor, tensors

FUSED = "com.microsoft"
"""The domain of onnxruntime's own operators, fused for transformers on a CPU."""

PADDING = 2


class Drawing:
    """Nodes in the making; a node is named after what it makes."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []

    def __call__(self, kind: str, *inputs: str, into: str, domain: str = "", **more: object) -> str:
        self.nodes.append(
            helper.make_node(kind, list(inputs), [into], name=into, domain=domain, **more)
        )
        return into

    def fused(self, kind: str, *inputs: str, into: str, **more: object) -> str:
        """One of onnxruntime's own operators."""
        return self(kind, *inputs, into=into, domain=FUSED, **more)


def draw(pieces: int, answers: list[tuple[str, str]]) -> ModelProto:
    """The whole network for these answers, (task, answer) in the order of the head's columns."""
    node = Drawing()
    weighted = scored(node)
    explained(node, weighted)
    outputs = [
        matrix("scores", TensorProto.FLOAT, second=len(answers)),
        matrix("meaning", TensorProto.FLOAT, second=HIDDEN),
        matrix("brought", TensorProto.FLOAT),
    ]
    places = tensors(pieces, len(answers)).values()
    return model(node, outputs, [external(each) for each in places] + constants(answers))


def draw_cross(pieces: int) -> ModelProto:
    """The cross-encoder: the same network with one answer, half of it in the encoder's file."""
    node = Drawing()
    scored(node)
    own = tensors(pieces, 1, SHARED).values()
    whole = tensors(pieces, 1)
    held = [external(each, CROSS_WEIGHTS) for each in own]
    held += [external(whole[name]) for name in SHARED]
    outputs = [matrix("scores", TensorProto.FLOAT, second=1)]
    return model(node, outputs, held + small())


def model(node: Drawing, outputs: list[object], held: list[TensorProto]) -> ModelProto:
    """The nodes with what goes in, what comes out and what they hold."""
    inputs = [matrix("pieces", TensorProto.INT64), matrix("types", TensorProto.INT64)]
    graph = helper.make_graph(node.nodes, "encoder", inputs, outputs, held)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def scored(node: Drawing) -> str:
    """From the pieces to the scores; named is what each place weighs in them."""
    own = node("Equal", "types", "c.padding", into="padded")
    node("Not", own, into="real")
    node("Cast", "real", into="mask", to=TensorProto.INT32)
    last = embedded(node)
    for layer in range(LAYERS):
        last = drawn_layer(node, str(layer), last)
    return pooled(node, last)


def embedded(node: Drawing) -> str:
    """Pieces, places and types as one vector for each place."""
    row = node("Gather", "word", "pieces", into="row")
    scale = node("Gather", "word.scale", "pieces", into="row.scale")
    word = node("Mul", node("Cast", row, into="row.float", to=1), scale, into="words")
    length = node("Shape", "pieces", into="length", start=1, end=2)
    position = node("Slice", "position", "c.zero", length, into="positions")
    kind = node("Min", "types", "c.one", into="kind")  # padding is of some type too
    typed = node("Gather", "type", kind, into="typed")
    total = node("Add", node("Add", word, position, into="sum"), typed, into="summed")
    return node(
        "LayerNormalization", total, "norm.weight", "norm.bias", into="embedded", epsilon=EPSILON
    )


def drawn_layer(node: Drawing, at: str, given: str) -> str:
    """One of the twelve layers."""
    qkv = node.fused(
        "DynamicQuantizeMatMul",
        given, f"{at}.qkv", f"{at}.qkv.scale", "", f"{at}.qkv.bias",
        into=f"{at}.asked",
    )  # fmt: skip
    parts = [f"{at}.q", f"{at}.k", f"{at}.v"]
    node.nodes.append(helper.make_node("Split", [qkv, "c.thirds"], parts, axis=-1))
    attended = node.fused(
        "MultiHeadAttention", *parts, "", "mask", into=f"{at}.attended", num_heads=HEADS
    )
    out = node.fused(
        "DynamicQuantizeMatMul", attended, f"{at}.ao", f"{at}.ao.scale", into=f"{at}.ao.out"
    )
    mixed = added(node, f"{at}.aln", out, given, f"{at}.ao.bias")
    inner = evened(node, f"{at}.fi", mixed)
    active = node.fused("BiasGelu", inner, f"{at}.fi.bias", into=f"{at}.active")
    return added(node, f"{at}.oln", evened(node, f"{at}.fo", active), mixed, f"{at}.fo.bias")


def evened(node: Drawing, name: str, given: str) -> str:
    """A product with bytes in which every place is rounded on a scale of its own.

    The first and last place of a text hold numbers ten times those of its words; on one scale with
    them the words would be rounded away.
    """
    most = node("ReduceMax", node("Abs", given, into=f"{name}.abs"), into=f"{name}.most", axes=[-1])
    even = node("Div", given, most, into=f"{name}.even")
    out = node.fused("DynamicQuantizeMatMul", even, name, f"{name}.scale", into=f"{name}.rounded")
    return node("Mul", out, most, into=f"{name}.out")


def added(node: Drawing, name: str, one: str, other: str, bias: str) -> str:
    """Two and a bias added, and normalised."""
    return node.fused(
        "SkipLayerNormalization", one, other, f"{name}.weight", f"{name}.bias", bias,
        into=f"{name}.out", epsilon=EPSILON,
    )  # fmt: skip


def pooled(node: Drawing, last: str) -> str:
    """The mean over the message's own places, and the head; gives each place's part of the mean."""
    own = node("Equal", "types", "c.zero", into="own")
    weight = node("Unsqueeze", node("Cast", own, into="own.float", to=1), "c.last", into="weight")
    count = node("ReduceSum", weight, "c.places", into="count")
    shared = node("Div", weight, count, into="share")
    weighted = node("Mul", last, shared, into="weighted")
    mean = node("ReduceSum", weighted, "c.places", into="mean", keepdims=0)
    node("Add", node("MatMul", mean, "head", into="headed"), "head.bias", into="scores")
    return weighted


def explained(node: Drawing, weighted: str) -> None:
    """The meaning, and what each place brought to the answer that is an emergency."""
    node("LpNormalization", "mean", into="meaning", axis=-1, p=2)
    direction = node("MatMul", "head", "c.emergency", into="direction")
    column = node("MatMul", weighted, direction, into="brought.column")
    node("Squeeze", column, "c.last", into="brought")


def constants(answers: list[tuple[str, str]]) -> list[TensorProto]:
    """Small numbers that the nodes need, and which answer an emergency is."""
    emergency = np.zeros((len(answers), 1), np.float32)
    emergency[answers.index(("emergency", "ja"))] = 1
    emergency[answers.index(("emergency", "nee"))] = -1
    return [*small(), constant("c.emergency", emergency)]


def small() -> list[TensorProto]:
    """Small numbers that every network of ours needs."""
    return [
        constant("c.padding", np.array([PADDING], np.int64)),
        constant("c.zero", np.array([0], np.int64)),
        constant("c.one", np.array([1], np.int64)),
        constant("c.last", np.array([-1], np.int64)),
        constant("c.places", np.array([1], np.int64)),
        constant("c.thirds", np.array([HIDDEN] * 3, np.int64)),
    ]


def constant(name: str, value: NDArray[np.int64] | NDArray[np.float32]) -> TensorProto:
    """One of them."""
    kind = helper.np_dtype_to_tensor_dtype(value.dtype)
    return helper.make_tensor(name, kind, value.shape, value.tobytes(), raw=True)


def external(each: Tensor, file: str = WEIGHTS) -> TensorProto:
    """A tensor that lies in a file of weights."""
    kind = TensorProto.INT8 if each.kind == "int8" else TensorProto.FLOAT
    tensor = TensorProto(name=each.name, data_type=kind, dims=each.shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (
        ("location", file),
        ("offset", each.offset),
        ("length", each.size),
    ):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)
    return tensor


def matrix(name: str, kind: int, second: int | str = "places") -> object:
    """What goes in or out: as many rows as texts."""
    return helper.make_tensor_value_info(name, kind, ["texts", second])
