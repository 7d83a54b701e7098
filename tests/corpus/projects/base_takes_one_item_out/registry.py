HANDLERS = {}


def dispatch(name):
    return HANDLERS[name]()
