"""Small mistakes that somebody could make in the policy, one at a time."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from types import ModuleType
from typing import Any

Change = Callable[[Any], object]


def mutants(source: str) -> Iterator[tuple[str, ModuleType]]:
    """Yield what was changed, and the module that says so. What does not run as a module is left out."""
    tree = ast.parse(source)
    for index, node in enumerate(ast.walk(tree)):
        for label, change in _changes(node):
            copy = deepcopy(tree)
            change(list(ast.walk(copy))[index])
            made = ModuleType("mutant")
            made.__dict__["__name__"] = "app.core.policy"
            code = compile(ast.fix_missing_locations(copy), "mutant", "exec")
            exec(code, made.__dict__)
            yield f"line {getattr(node, 'lineno', 0)}: {label}", made


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    for kind, changes in KINDS.items():
        if isinstance(node, kind):
            yield from changes(node)


def _of_and_or(node: ast.BoolOp) -> Iterator[tuple[str, Change]]:
    other = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield "and/or swapped", lambda n: setattr(n, "op", other())
    for i in range(len(node.values)):
        yield f"operand {i} dropped", lambda n, i=i: n.values.pop(i) if len(n.values) > 2 else _keep(n, 1 - i)


def _of_not(node: ast.UnaryOp) -> Iterator[tuple[str, Change]]:
    if isinstance(node.op, ast.Not):
        yield "not dropped", _wrap_bool


def _of_comparison(node: ast.Compare) -> Iterator[tuple[str, Change]]:
    opposite = _OPPOSITES.get(type(node.ops[0]))
    if opposite:
        yield "comparison turned", lambda n: n.ops.__setitem__(0, opposite())


def _of_constant(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    if isinstance(node.value, bool):
        yield "constant turned", lambda n: setattr(n, "value", not n.value)


def _of_set(node: ast.Set) -> Iterator[tuple[str, Change]]:
    for i in range(len(node.elts) if len(node.elts) > 1 else 0):
        yield f"element {i} dropped", lambda n, i=i: n.elts.pop(i)


def _of_table(node: ast.Dict) -> Iterator[tuple[str, Change]]:
    for i, value in enumerate(node.values):
        if isinstance(value, ast.List):
            yield f"rule {i} opened", lambda n, i=i: n.values[i].elts.append(ast.Name("anybody", ast.Load()))
            for j in range(len(value.elts)):
                yield f"rule {i} without {j}", lambda n, i=i, j=j: n.values[i].elts.pop(j)


KINDS: dict[type[ast.AST], Callable[..., Iterator[tuple[str, Change]]]] = {
    ast.BoolOp: _of_and_or,
    ast.UnaryOp: _of_not,
    ast.Compare: _of_comparison,
    ast.Constant: _of_constant,
    ast.Set: _of_set,
    ast.Dict: _of_table,
}

_OPPOSITES = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def _keep(node: ast.BoolOp, index: int) -> None:
    """Leave one operand only; ``x and x`` is ``x``."""
    node.values = [node.values[index], node.values[index]]


def _wrap_bool(node: ast.UnaryOp) -> None:
    """``not x`` becomes ``not not x``."""
    node.operand = ast.UnaryOp(ast.Not(), node.operand)
