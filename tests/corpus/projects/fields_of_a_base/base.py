import unittest
from unittest import mock

import models


class TeamTestCase(unittest.TestCase):
    model = models.Team

    def setUp(self):
        self.team = self.model()
        self.models = models
        self.session = mock.MagicMock


class OwnTestCase(unittest.TestCase):
    def setUp(self):
        self.model = models.Team()
        self.session = mock.MagicMock()
