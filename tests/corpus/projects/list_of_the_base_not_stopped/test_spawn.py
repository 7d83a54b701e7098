from unittest import mock

from base import ClusterTestCase


class SpawnTest(ClusterTestCase):
    def setUp(self):
        super(SpawnTest, self).setUp()
        patcher = mock.patch("cluster.cast")
        self.cast = patcher.start()  # MLK101
        self.patchers.append(patcher)

    def tearDown(self):
        self.manager = None

    def test_spawn(self):
        self.cast.assert_not_called()


class StatusTest(ClusterTestCase):
    def setUp(self):
        super(StatusTest, self).setUp()
        patcher = mock.patch("cluster.call")
        self.call = patcher.start()
        self.patchers.append(patcher)

    def tearDown(self):
        self.manager = None
        super().tearDown()

    def test_status(self):
        self.call.assert_not_called()
