import fixtures


class HostFixture(fixtures.Fixture):
    def _setUp(self):
        self.useFixture(fixtures.MonkeyPatch("shop.host", lambda: "box"))


class RowsFixture(fixtures.Fixture):
    def _setUp(self):
        self.rows = []
