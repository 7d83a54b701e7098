import unittest
from unittest import mock

from bases import NoTearDown, StopMixin, StopsByCleanup, StopsInTearDown


class TestNoSetUp(StopsByCleanup):
    def setUp(self):
        # forgets super().setUp()
        self.charge = mock.patch("shop.charge").start()  # MLK101


class TestNoTearDown(StopsInTearDown):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()  # MLK101

    def tearDown(self):
        # forgets super().tearDown()
        self.charge = None


class TestNoTearDownInBetween(NoTearDown):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()  # MLK101

    def tearDown(self):
        super().tearDown()


class TestBehindTestCase(unittest.TestCase, StopMixin):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()  # MLK101


class OwnStopMixin:
    def tearDown(self):
        mock.patch.stopall()


class TestBehindTestCaseOfThisFile(unittest.TestCase, OwnStopMixin):
    def setUp(self):
        self.charge = mock.patch("shop.charge").start()  # MLK101


class TestCalledBehindTestCase(unittest.TestCase, OwnStopMixin):
    def setUp(self):
        self.charge = mock.patch("shop.charge").start()

    def tearDown(self):
        super(unittest.TestCase, self).tearDown()


class TestBeforeTestCase(StopMixin, unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()


class TestStopped(StopsByCleanup):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()

    def tearDown(self):
        self.charge = None


class TestCalledByHelper(StopsInTearDown):
    def setUp(self):
        super().setUp()
        self.charge = mock.patch("shop.charge").start()

    def tearDown(self):
        self.finish()

    def finish(self):
        super().tearDown()


class TestRegistered(StopsInTearDown):
    def setUp(self):
        self.addCleanup(super().tearDown)
        self.charge = mock.patch("shop.charge").start()

    def tearDown(self):
        self.charge = None
