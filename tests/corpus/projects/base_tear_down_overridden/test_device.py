from unittest import mock

from bases import CleanTestCase, DeviceTestCase
from elsewhere import UnknownTestCase
from shop import device


class TestFlush(DeviceTestCase):
    def setUp(self):
        super().setUp()
        self.device = device.Device()

    def tearDown(self):  # MLK101, MLK201
        self.device.close()

    def test_flush(self):
        device.flush()
        self.sync.assert_called_once_with()


class TestClose(DeviceTestCase):
    def tearDown(self):
        device.close()
        super().tearDown()

    def test_close(self):
        self.sync.assert_not_called()


class TestOpen(CleanTestCase):
    def tearDown(self):
        device.close()

    def test_open(self):
        device.start()
        self.open.assert_called_once_with(mock.ANY)


class TestUnknown(UnknownTestCase):
    def tearDown(self):
        device.close()

    def test_open(self):
        device.start()
