# select: MLK408
from unittest.mock import patch

import newsletter


@patch("sys.stdout")
def test_output(stdout):
    newsletter.publish(["ada@example.org"])


@patch("shop.mail.send")
def test_what_another_function_of_that_module_looks_up(send):
    newsletter.publish(["ada@example.org"])
    assert send.called


@patch("shop.mail.send_all")  # MLK408
def test_of_what_no_function_of_that_module_looks_up(send_all):
    newsletter.publish(["ada@example.org"])
