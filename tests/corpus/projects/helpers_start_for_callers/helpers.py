from unittest import mock

_started = []


class PatchMixin:
    def start_patch(self, target, **options):
        return mock.patch(target, **options).start()


class CleanPatchMixin:
    def start_patch(self, target, **options):
        patcher = mock.patch(target, **options)
        self.addCleanup(patcher.stop)
        return patcher.start()


def begin(target):
    patcher = mock.patch(target)
    return patcher.start()


def charge_mock():
    return mock.patch("shop.charge").start()


def begin_listed(target):
    patcher = mock.patch(target)
    _started.append(patcher)
    return patcher.start()


def end_listed():
    while _started:
        _started.pop().stop()
