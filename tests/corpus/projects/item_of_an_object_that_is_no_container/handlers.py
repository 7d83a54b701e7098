import signal


class Handlers:
    """Sets handlers by the names of their signals. It keeps nothing itself."""

    def __setitem__(self, name, handler):
        signal.signal(getattr(signal, "SIG" + name), handler)


handlers = Handlers()
