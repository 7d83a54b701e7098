import unittest

from shop.mail import Mailer


class TestMailer(unittest.TestCase):
    def test_subject(self):
        sent = []

        def fake_send(self, subject, body):
            sent.append(subject)

        Mailer.send = fake_send  # MLK204
        Mailer().welcome("ada")
        self.assertEqual(sent, ["Welcome, ada"])
