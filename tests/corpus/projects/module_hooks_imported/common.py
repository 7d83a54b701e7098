import unittest
from unittest import mock

_rate = mock.patch("shop.rate", return_value=3)


def setUpModule():
    _rate.start()


def tearDownModule():
    _rate.stop()


def setup_module():
    _rate.start()
    unittest.addModuleCleanup(_rate.stop)


class Server:
    def start(self):
        self.is_running = True


server = Server()
