import bot
from trialish import TestCase


class TestSay(TestCase):
    def test_never_restored(self):
        written = []
        self.replace(bot.Transport, "write", lambda transport, data: written.append(data))  # MLK204
        bot.say("hi")
        self.assertEqual(written, [b"hi"])

    def test_for_the_test(self):
        written = []
        self.replace_for_the_test(bot.Transport, "write", lambda transport, data: written.append(data))
        bot.say("hi")
        self.assertEqual(written, [b"hi"])
