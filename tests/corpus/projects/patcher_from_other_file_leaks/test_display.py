import unittest

import factory


class TestMenu(unittest.TestCase):
    def setUp(self):
        display_patch = factory.patch_display()
        self.display = display_patch.start()  # MLK101

    def test_menu_is_shown(self):
        self.display().menu.return_value = 1


class TestList(unittest.TestCase):
    def setUp(self):
        self.display_patch = factory.patch_display()
        self.display = self.display_patch.start()
        self.addCleanup(self.display_patch.stop())  # MLK104

    def test_list_is_shown(self):
        self.display().list.return_value = 1


class TestForm(unittest.TestCase):
    def setUp(self):
        self.display_patch = factory.patch_display()
        self.display = self.display_patch.start()

    def tearDown(self):
        self.display_patch.stop()

    def test_form_is_shown(self):
        self.display().form.return_value = 1
