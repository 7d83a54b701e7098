import json
import unittest
from unittest import mock


class Log:
    encoder = json.JSONEncoder()
    decoder = json.JSONDecoder()

    def __init__(self):
        self.decoder = Own()

    def line(self, record):
        return self.encoder.encode(record)


class Own:
    def decode(self, text):
        return text


class TestLog(unittest.TestCase):
    def setUp(self):
        self.log = Log()

    def test_class_of_what_all_have(self):
        type(self.log.encoder).encode = mock.Mock(return_value="{}")  # MLK201
        self.assertEqual(self.log.line(1), "{}")

    def test_object_that_all_have(self):
        log = Log()
        log.encoder = mock.Mock()
        self.assertTrue(log.line(1))

    def test_object_of_its_own(self):
        log = Log()
        log.decoder.decode = mock.Mock(return_value=1)
        self.assertEqual(log.decoder.decode("1"), 1)
