"""The few calls of the C library that Python has no name for.  Linux and glibc."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
# glibc's pthread_attr_t is 56 bytes; a little more does no harm
_ATTRIBUTE_BYTES = 128

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends; end at once if it has ended already.

    The signal follows the parent's *thread*: call it in the child of a process with one thread only.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def outlive_parent() -> None:
    """Take `die_with_parent` back."""
    _libc.prctl(_PR_SET_PDEATHSIG, 0, 0, 0, 0)


def set_thread_stack(size_bytes: int) -> None:
    """Give threads that are started later a stack of this size, whatever the stack limit is.

    By default a thread's stack is as large as the limit, and two of 1 GB would exceed the memory limit.
    """
    set_default = getattr(_libc, "pthread_setattr_default_np", None)
    if set_default is None:
        return
    attributes = ctypes.create_string_buffer(_ATTRIBUTE_BYTES)
    _libc.pthread_attr_init(attributes)
    _libc.pthread_attr_setstacksize(attributes, ctypes.c_size_t(size_bytes))
    set_default(attributes)
