"""A mixin that replaces names of modules before setUp and puts them back in a cleanup."""

import functools
from unittest import mock


def with_globals(set_up):
    @functools.wraps(set_up)
    def wrapper(self):
        for module, names in self.replaced_globals().items():
            patcher = mock.patch.dict(vars(module), names)
            patcher.start()
            self.addCleanup(patcher.stop)
        return set_up(self)

    return wrapper


class GlobalsMixin:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.setUp = with_globals(cls.setUp)

    def replaced_globals(self):
        raise NotImplementedError
