import unittest
from unittest import mock

import presence


class PresenceCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.patcher = mock.patch.object(presence, "ping")
        self.ping = self.patcher.start()  # MLK101

    async def asyncTeardown(self):
        self.patcher.stop()
