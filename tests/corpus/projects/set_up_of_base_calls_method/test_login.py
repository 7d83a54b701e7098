from bases import UserTestCase
from shop import users


class TestLogin(UserTestCase):
    def prepare_user(self):
        super().prepare_user()
        users.current = lambda: self.user  # MLK204

    def test_nobody_is_logged_in(self):
        self.assertEqual(users.current(), "nobody")
