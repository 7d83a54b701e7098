from tests_support import log

from .root import Root


class Middle(Root):
    def setUp(self):
        super().setUp()
        log("started")
