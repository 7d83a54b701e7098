import unittest

from shop import mailer


class TestMailer(unittest.TestCase):
    def setUp(self):
        self.sent = []
        self.deliver = mailer.deliver
        mailer.deliver = self.fake_deliver  # MLK204

    def fake_deliver(self, message):
        self.sent.append(message)

    def test_welcome_is_sent(self):
        mailer.welcome("ada@example.org")
        self.assertEqual(len(self.sent), 1)
