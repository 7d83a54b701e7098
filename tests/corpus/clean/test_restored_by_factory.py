import unittest
from unittest import mock

from shop import session


class TestSession(unittest.TestCase):
    def setUp(self):
        session.current = mock.Mock(user="ada")

    def tearDown(self):
        session.current = session.Session()

    def test_greets(self):
        self.assertEqual(session.greet(), "Hello, ada")
