from unittest import mock

from base import OwnTestCase, TeamTestCase


class TestTeam(TeamTestCase):
    def test_class(self):
        self.model.delete = mock.Mock()  # MLK201
        self.team.delete()

    def test_object(self):
        self.team.delete = mock.Mock()
        self.team.delete()

    def test_module(self):
        self.models.default_client = mock.Mock()  # MLK201

    def test_class_of_mocks(self):
        self.session.select = mock.Mock(return_value=[])  # MLK207


class TestOwn(OwnTestCase):
    def test_object(self):
        self.model.delete = mock.Mock()
        self.session.select = mock.Mock(return_value=[])
