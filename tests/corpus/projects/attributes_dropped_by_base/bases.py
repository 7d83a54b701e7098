import unittest


class Base(unittest.TestCase):
    def setUp(self):
        self.addCleanup(self._reset)

    def _reset(self):
        import shop

        for name in ("get", "post"):
            shop.client.__dict__.pop(name, None)
