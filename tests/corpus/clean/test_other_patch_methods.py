import unittest

from django.test import Client
from rest_framework.test import APIClient


class TestApi(unittest.TestCase):
    def setUp(self):
        self.client = APIClient()
        self.web = Client()

    def test_partial_update(self):
        response = self.client.patch("/books/1/", {"title": "New"})
        self.assertEqual(response.status_code, 200)

    def test_not_allowed(self):
        patch = self.web.patch("/books/")
        self.assertEqual(patch.status_code, 405)
