TRANSPORT = None
NOTIFIER = None


class Session:
    current = None

    @classmethod
    def end(cls):
        cls.current.close()
        cls.current = None


def close():
    global TRANSPORT, NOTIFIER
    assert NOTIFIER is not None
    TRANSPORT.close()
    TRANSPORT = NOTIFIER = None


def is_open():
    return TRANSPORT is not None
