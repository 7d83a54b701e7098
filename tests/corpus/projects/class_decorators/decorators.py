import functools
from unittest import mock


def at(hour):
    def decorate(cls):
        set_up = cls.setUp

        @functools.wraps(set_up)
        def setUp(self):
            self.hour = mock.patch("clock.hour", return_value=hour).start()
            set_up(self)

        cls.setUp = setUp
        return cls

    return decorate


def at_night(cls):
    set_up = cls.setUp

    def setUp(self):
        self.hour = mock.patch("clock.hour", return_value=2).start()
        set_up(self)

    cls.setUp = setUp
    return cls


def at_noon(cls):
    set_up = cls.setUp

    def setUp(self):
        patcher = mock.patch("clock.hour", return_value=12)
        self.hour = patcher.start()
        self.addCleanup(patcher.stop)
        set_up(self)

    cls.setUp = setUp
    return cls
