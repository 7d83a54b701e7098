import unittest


class StoppingTestCase(unittest.TestCase):
    """Stops the patcher of the test case, if it has one."""

    patcher = None

    def tearDown(self):
        if self.patcher is not None:
            self.patcher.stop()
        super().tearDown()
