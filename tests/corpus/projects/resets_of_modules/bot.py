HANDLERS = {}
REPLIES = {}
FILTERS = {}
_counts = {}


def answer(name):
    _counts[name] = _counts.get(name, 0) + 1
    return HANDLERS[name]() or REPLIES[name]() or FILTERS[name]()


def reset():
    _counts.clear()
    REPLIES.clear()


def reset_all():
    _empty(HANDLERS)
    reset()


def _empty(registry):
    registry.clear()
