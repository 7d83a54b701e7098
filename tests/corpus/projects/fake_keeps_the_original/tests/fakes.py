from unittest import mock

from shop import gateway


class FakeProcessor:
    def __init__(self):
        self.submitted = []
        self._original = None

    def _submit(self, kind, amount):
        self.submitted.append((kind, amount))

    def install(self):
        self._original = gateway.submit
        gateway.submit = mock.Mock(side_effect=self._submit)

    def uninstall(self):
        gateway.submit = self._original
