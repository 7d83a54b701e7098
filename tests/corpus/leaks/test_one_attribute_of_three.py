import unittest
from unittest import mock

from shop.reports import monthly


class MonthlyReportTest(unittest.TestCase):
    def setUp(self):
        self.today_patch = mock.patch("shop.reports.today")
        self.rows_patch = mock.patch("shop.reports.rows")
        self.mail_patch = mock.patch("shop.reports.send_mail")
        self.today = self.today_patch.start()
        self.rows = self.rows_patch.start()
        self.mail = self.mail_patch.start()  # MLK101

    def tearDown(self):
        self.today_patch.stop()
        self.rows_patch.stop()

    def test_mails_rows(self):
        self.rows.return_value = [1, 2]
        monthly()
        self.mail.assert_called_once_with([1, 2])
