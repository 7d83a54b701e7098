import importlib
import unittest
from importlib import import_module
from unittest.mock import Mock


class ImportedTest(unittest.TestCase):
    def test_by_the_library(self):
        report = importlib.import_module("weather.report")
        report.locate = Mock(return_value=(59.9, 10.7))  # MLK201
        self.assertEqual(report.position("Oslo"), (59.9, 10.7))

    def test_by_the_function(self):
        report = import_module("weather.report")
        report.wind = Mock(return_value=3)  # MLK201
        self.assertEqual(report.wind(), 3)

    def test_at_once(self):
        importlib.import_module("weather.report").rain = Mock(return_value=1)  # MLK201

    def test_by_a_name_that_is_not_known(self):
        plugin = importlib.import_module(self.id())
        plugin.rain = Mock(return_value=1)

    def test_an_object_of_it(self):
        station = importlib.import_module("weather.report").Station()
        station.rain = Mock(return_value=1)
