import bot
from trialish import TestCase


class TestSay(TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.restore)

    def test_say(self):
        written = []
        self.replace(bot.Transport, "write", lambda transport, data: written.append(data))
        bot.say("hi")
        self.assertEqual(written, [b"hi"])
