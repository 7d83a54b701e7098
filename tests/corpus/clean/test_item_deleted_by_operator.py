"""Items of a shared container are taken out, or put back, by functions of `operator` and by special methods."""

import operator
import unittest
from operator import delitem, setitem
from unittest.mock import Mock

from shop import config


class TestPipelines(unittest.TestCase):
    def setUp(self):
        config.pipelines["first"] = Mock()
        self.addCleanup(delitem, config.pipelines, "first")

    def test_second(self):
        config.pipelines["second"] = Mock()
        self.addCleanup(operator.delitem, config.pipelines, "second")

    def test_known(self):
        self.addCleanup(setitem, config.pipelines, "known", config.pipelines["known"])
        config.pipelines["known"] = Mock()

    def test_third(self):
        config.pipelines["third"] = Mock()
        self.addCleanup(config.pipelines.__delitem__, "third")

    def test_known_put_back(self):
        known = config.pipelines["other"]
        config.pipelines["other"] = Mock()
        self.addCleanup(config.pipelines.__setitem__, "other", known)

    def test_all_put_back(self):
        kept = dict(config.pipelines)
        config.pipelines["all"] = Mock()
        self.addCleanup(config.pipelines.update, kept)
