"""What is put in an object that was put in place before is gone with it, whatever an earlier test left there."""

import sys

import shop.admin
from shop.testing import NullObject


class TestAdmin:
    def test_errors(self):
        shop.admin.sys = NullObject()
        try:
            shop.admin.main([])
        finally:
            shop.admin.sys = sys

    def test_output(self):
        lines = []

        def write(text):
            lines.append(text)

        shop.admin.sys = NullObject()
        try:
            shop.admin.sys.stderr.write = write
            shop.admin.main(["list"])
        finally:
            shop.admin.sys = sys
        assert lines == []
