from unittest import mock


class PatchMixin:
    def start_patch(self, target, **kwargs):
        patcher = mock.patch(target, **kwargs)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def begin(self, patcher):
        self.addCleanup(patcher.stop)
        return patcher.start()
