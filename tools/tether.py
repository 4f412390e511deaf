"""Start a program that ends when its parent ends, even when the parent is killed without warning.

``python tether.py PARENT_PID program …``: on Linux the kernel is asked to send SIGTERM when the parent
goes; elsewhere this only starts the program. A file of its own, since asking between fork and exec of
a process with threads is not safe.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):
            sys.exit("the supervisor is gone")
    os.execv(program[0], program)
