import os
import unittest

from shop import storage


class FakeOs:
    def __init__(self):
        self.asked = []

    def listdir(self, path):
        self.asked.append(path)
        return ["a.txt"]


class TestStorage(unittest.TestCase):
    def setUp(self):
        self.fake_os = FakeOs()
        self.listdir = os.listdir
        os.listdir = self.fake_os.listdir  # MLK204

    def test_files_are_listed(self):
        self.assertEqual(storage.files("/srv"), ["a.txt"])
        self.assertEqual(self.fake_os.asked, ["/srv"])
