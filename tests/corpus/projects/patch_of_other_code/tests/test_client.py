import unittest

from tests.client import Client, patch


class TestClient(unittest.TestCase):
    def setUp(self):
        self.client = Client().start()
        self.patcher = self.client.patch("/users/1", name="joe")
        self.patcher.start()

    def test_new_client(self):
        p = patch("rest.app.Heartbeat", interval=1)
        p.start()

    def test_started_at_once(self):
        patch("/users/1", admin=True).start()

    def test_one_request(self):
        patch("/users/1", admin=True)
        client = patch("/users/2", admin=True)
        self.assertTrue(client.rows)
