"""A bound on time that does not depend on the clock or on what else the machine does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class _TooSlow(BaseException):
    pass


@contextmanager
def processor_time(seconds: float, what: str) -> Iterator[None]:
    """Fail where the block needs more seconds of the processor than that; waiting costs none."""

    def stop(*_: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except _TooSlow:
        pytest.fail(f"{what}: more than {seconds} s of processor time")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
