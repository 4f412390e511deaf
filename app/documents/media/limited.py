"""Start a program with little: ``python -I limited.py MEMORY CPU_SECONDS FILE_BYTES PROGRAM ARGUMENTS…``.

It takes limits upon itself, leaves the network where the system lets it, and becomes the program. Standard library
only, since it runs for each piece of work and must start at once.
"""

import ctypes
import os
import resource
import signal
import sys

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Give things away, then become the program."""
    memory, cpu, size, *program = arguments
    for kind, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_FSIZE, int(size)),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError) as error:
            # macOS knows no limit of address space; time and the others still hold
            sys.stderr.write(f"limit {kind} not set: {error}\n")
    os.nice(10)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # a killed worker takes its ffmpeg along
        libc.unshare(_NEW_USER_AND_NETWORK)
    os.execv(program[0], program)  # noqa: S606  # a list of ours, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
