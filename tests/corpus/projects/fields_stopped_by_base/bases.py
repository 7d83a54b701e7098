class StopsFields:
    def tearDown(self):
        for name, value in list(vars(self).items()):
            if name.startswith("p_"):
                value.stop()
        super().tearDown()


class DropsFields:
    def tearDown(self):
        for name in list(vars(self)):
            if name.startswith("p_"):
                setattr(self, name, None)
        super().tearDown()
