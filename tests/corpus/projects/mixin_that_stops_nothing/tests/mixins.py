from unittest import mock

import till


class FreeOfCharge:
    """For test cases."""

    def setUp(self):
        super().setUp()
        self.charge = mock.patch.object(till, "charge", return_value=0)
        self.charge.start()


class FreeOfChargeForTheClass:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.charge = mock.patch.object(till, "charge", return_value=0)
        cls.charge.start()


class EndsTheCharge:
    def tearDown(self):
        self.charge.stop()
        super().tearDown()


class EndsAll:
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
