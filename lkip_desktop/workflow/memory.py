"""Remembers what was last derived from a state, since several views ask the same after each act."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from lkip_desktop.workflow.state import CycleState

P = ParamSpec("P")
T = TypeVar("T")
KEPT = 4


def remembered_by(
    *names: str,
) -> Callable[[Callable[Concatenate[CycleState, P], T]], Callable[Concatenate[CycleState, P], T]]:
    """For a pure function of a state that needs only these of its attributes; keeps its last few results.

    They hold while the attributes are the very same; other arguments are compared by what they are.
    """

    def keep(function: Callable[Concatenate[CycleState, P], T]) -> Callable[Concatenate[CycleState, P], T]:
        last: deque[tuple[CycleState, tuple[object, ...], T]] = deque(maxlen=KEPT)

        @wraps(function)
        def ask(state: CycleState, /, *args: P.args, **kwargs: P.kwargs) -> T:
            rest = (*args, *sorted(kwargs.items()))
            for known, given, result in tuple(last):
                if given == rest and all(_same(getattr(known, name), getattr(state, name)) for name in names):
                    return result
            result = function(state, *args, **kwargs)
            if state.head:
                last.append((state, rest, result))
            return result

        return ask

    return keep


def _same(one: object, other: object) -> bool:
    return one is other or (isinstance(one, (int, str)) and one == other)


remembered = remembered_by("values", "seq", "head")
"""For a function of the whole state: its results hold for the same values after the same event."""
