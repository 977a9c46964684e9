"""Why a target is missed where it is: what was found when it was looked into.  Measures nothing."""

_WAKING = (
    "Client, server and evaluator wake each other, and each finds its caches cold: the same work takes twice what it "
    "takes in a loop. Of what is above the put, about a fifth are the wake-ups, a quarter the form, a sixth what it "
    "changed, the rest the messages and the journal. What helped: the loop writes a form itself while nothing else is "
    "to be done (two wake-ups less); no message when a form begins; the kernel's forms go straight to Python's syntax "
    "tree."
)
_ALL_NAMES = (
    "A form that fails binds nothing, so the session's dictionary is copied before each, and looked through after it, "
    "since code may bind without any name in it. Both are loops in C, some 50 ns a binding; where the objects are "
    "not in the processor's caches it is more."
)

REASONS = {
    "`(+ 1 2)` to the session and back, on disk": _WAKING,
    "`(set x ...)`, the same": _WAKING + " A changed binding adds what it takes to store its group.",
    "evaluate in one of 1000 live, median": _WAKING + " With many evaluators in turn the caches are colder still.",
    "memory per live idle session, MB": (
        "Python counts references in the objects themselves, so a page of the zygote's that an evaluator only looks at "
        "becomes its own: 2.5 MB in a spare, the rest with the first form. What changed less than a tenth: filling the "
        "allocator's holes before the fork, no garbage collection, having run everything often before the fork. An "
        "evaluator that was idle for long is ended, and its session then costs nothing."
    ),
    "`(+ 1 1)` and telling, 1,000 bindings": _ALL_NAMES,
    "`(+ 1 1)` and telling, 10,000 bindings": _ALL_NAMES,
}
UNKNOWN = "What it waits for was not looked into."


def reason(what: str) -> str:
    """Give why a figure misses its target, as far as it is known."""
    return REASONS.get(what, UNKNOWN)
