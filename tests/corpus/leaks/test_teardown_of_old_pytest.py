import time
from unittest import mock


class TestClock:
    def setup_method(self):
        self.time_patch = mock.patch("time.time", return_value=1000.0)
        self.time_patch.start()  # MLK101

    def teardown(self):  # pytest calls it no more since version 8
        self.time_patch.stop()

    def test_clock(self):
        assert time.time() == 1000.0
