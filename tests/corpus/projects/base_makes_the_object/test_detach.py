from unittest import mock

from base import DriverTestCase


class TestDetach(DriverTestCase):
    def test_busy(self):
        type(self.driver).connected = mock.PropertyMock(return_value=True)  # MLK201

    def test_mounted(self):
        self.driver.attach = mock.Mock(return_value="/dev/loop0")
        type(self.volume).mount_point = mock.PropertyMock(return_value="/mnt")
