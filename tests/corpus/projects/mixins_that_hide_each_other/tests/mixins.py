from unittest import mock

import home


class FireMixin:
    def setUp(self):
        super().setUp()
        self.fire_patcher = mock.patch.object(home, "fire")
        self.fire = self.fire_patcher.start()

    def tearDown(self):
        self.fire_patcher.stop()
        super().tearDown()


class ReadMixin:
    def setUp(self):
        super().setUp()
        self.read_patcher = mock.patch.object(home, "read", return_value=21)
        self.read = self.read_patcher.start()

    def tearDown(self):
        self.read_patcher.stop()


class ListMixin:
    targets = ("home.read", "home.fire")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patchers = [mock.patch(target) for target in cls.targets]
        for patcher in cls.patchers:
            patcher.start()

    @classmethod
    def tearDownClass(cls):
        for patcher in cls.patchers:
            patcher.stop()
        super().tearDownClass()
