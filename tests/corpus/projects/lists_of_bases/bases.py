import shutil
import tempfile
import unittest


class ListCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_patchers = []

    @classmethod
    def tearDownClass(cls):
        while cls.class_patchers:
            cls.class_patchers.pop().stop()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.patchers = []
        self.forgotten = []

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()
        super().tearDown()


class DirectoryCase(ListCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.directory = tempfile.mkdtemp()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)


class PlainBase:
    def setup_method(self):
        self.patchers = []

    def teardown(self):
        for patcher in self.patchers:
            patcher.stop()


class CalledBase:
    def setup_method(self):
        self.patchers = []

    def teardown_method(self):
        for patcher in self.patchers:
            patcher.stop()
