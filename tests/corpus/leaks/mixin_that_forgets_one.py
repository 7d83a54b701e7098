from unittest import mock


class ServicesMixin(object):
    def patch_services(self):
        self.mail_patch = mock.patch("shop.services.mail")
        self.text_patch = mock.patch("shop.services.text")
        self.push_patch = mock.patch("shop.services.push")
        self.mail = self.mail_patch.start()
        self.text = self.text_patch.start()
        self.push = self.push_patch.start()  # MLK101

    def unpatch_services(self):
        for patch in (self.mail_patch, self.text_patch):
            patch.stop()
