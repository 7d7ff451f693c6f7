"""State at three reaches, to show which requests share what.

Module globals live once per interpreter of each process: all its threads share them, no
other process sees them. A threading.local lives once per thread. Local variables live
once per call.
"""

import threading
import time

_lock = threading.Lock()
_of_this_thread = threading.local()
_visits = 0
_threads_seen = set()

LOADED_AT = time.time()  # seconds since the epoch: when this copy of the globals was made


def count_visit() -> dict:
    """Counts one request in the global and in the thread's own counter. Any thread."""
    global _visits
    _of_this_thread.visits = getattr(_of_this_thread, "visits", 0) + 1
    # "+= 1" reads, adds and writes: two threads inside it at once would lose a count.
    with _lock:
        _visits += 1
        _threads_seen.add(threading.get_ident())
        return {
            "global": _visits,
            "thread_local": _of_this_thread.visits,
            "threads_seen": len(_threads_seen),
            "loaded_at": LOADED_AT,
        }


class Stay:
    """One request's stay in the application, from enter to exit of a `with` block.

    `met` is the greatest number of stays, this one included, that ran at one moment of
    it in this interpreter of this process.
    """

    _running = set()

    def __enter__(self):
        with _lock:
            Stay._running.add(self)
            for stay in Stay._running:
                stay.met = max(getattr(stay, "met", 0), len(Stay._running))
        return self

    def __exit__(self, *_exception):
        with _lock:
            Stay._running.discard(self)
        return False
