from bases import ApiTestCase


class TestApi(ApiTestCase):
    def test_check_is_called(self):
        check = self.check_patch.start()  # MLK101
        check("1.0")
        check.assert_called_once_with("1.0")

    def test_check_is_called_again(self):
        check = self.check_patch.start()  # MLK102
        check("1.0")
        check.assert_called_once_with("1.0")
        self.check_patch.stop()
