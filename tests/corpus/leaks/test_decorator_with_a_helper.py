import functools
from unittest import mock

from shop import devices


def fake_devices():
    patcher = mock.patch.object(devices, "all_devices", return_value=[])
    patcher.start()
    return patcher


def without_devices(test):
    @functools.wraps(test)
    def wrapper(self, *args, **kwargs):
        patcher = fake_devices()  # MLK102
        test(self, *args, **kwargs)
        patcher.stop()

    return wrapper

