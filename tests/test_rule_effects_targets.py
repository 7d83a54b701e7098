"""What the rules say of targets and of hand-written fakes is true: their examples run and show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_mockleak.rules import all_rules
from tests.checking import check, codes
from tests.command import write
from tests.runtime.running import Run, observe

RULES = {rule.code: rule for rule in all_rules()}

# How many tests of the bad example pass and fail, and of the good one.
EFFECTS = {
    # The second test meets what the first one put there.
    "MLK304": ((1, 1), (2, 0)),
    # The patch raises.
    "MLK407": ((0, 1), (1, 0)),
    # The patch is not in force.
    "MLK408": ((0, 1), (1, 0)),
    # The test passes though the code is wrong, see below.
    "MLK602": ((1, 0), (1, 0)),
}


def counts(seen: Run) -> tuple[int, int]:
    return seen.passed, seen.failed


@pytest.mark.parametrize("code", EFFECTS)
def test_examples_show_their_effect(code: str, tmp_path: Path) -> None:
    bad, good = EFFECTS[code]
    seen = observe(RULES[code].bad, tmp_path)
    assert counts(seen) == bad, seen.output
    seen = observe(RULES[code].good, tmp_path)
    assert counts(seen) == good, seen.output


def test_missing_target_raises_attribute_error(tmp_path: Path) -> None:
    seen = observe(RULES["MLK407"].bad, tmp_path)
    assert "AttributeError: <module 'shutil'" in seen.output


def test_second_test_passes_alone(tmp_path: Path) -> None:
    """It is the first test that makes it fail."""
    first = RULES["MLK304"].bad.index("def test_one_reminder")
    second = RULES["MLK304"].bad.index("def test_nobody_to_remind")
    seen = observe(RULES["MLK304"].bad[:first] + RULES["MLK304"].bad[second:], tmp_path)
    assert counts(seen) == (1, 0), seen.output


def with_fake_of_good(code: str, end: str) -> str:
    """Return the bad example with the fake of the good one, which takes what real clients and stores do."""
    bad, good = RULES[code].bad, RULES[code].good
    return good[: good.index(end)] + bad[bad.index(end) :]


def test_fake_signature_hides_a_wrong_call(tmp_path: Path) -> None:
    seen = observe(with_fake_of_good("MLK602", "def remember"), tmp_path)
    assert counts(seen) == (0, 1), seen.output


def test_unverified_fake_passes(tmp_path: Path) -> None:
    seen = observe(RULES["MLK601"].bad, tmp_path)
    assert counts(seen) == (1, 0), seen.output


def test_verified_fake_passes_with_its_conformance_class(tmp_path: Path) -> None:
    pytest.importorskip("dogpile.cache")
    pytest.importorskip("hypothesis")
    seen = observe(RULES["MLK601"].good, tmp_path)
    assert seen.passed > 20, seen.output
    assert " failed" not in seen.output  # the clauses about claims that are not made are skipped
    alone = with_fake_of_good("MLK601", "def add_to_basket").replace("TestFakeStore = conformance", "print")
    seen = observe(alone, tmp_path)
    assert counts(seen) == (0, 1), seen.output


# What other files say.

TEST = """\
from unittest.mock import patch


@patch("shop.send")
def test_send(send):
    assert send() is not None
"""


@pytest.mark.parametrize(
    ("shop", "expected"),
    [
        ("def deliver():\n    pass\n", ["MLK407"]),
        ("def sender():\n    pass\n", ["MLK407"]),
        ('"""\nsend = 1\n"""\n', []),  # in doubt
        ("def deliver(send):\n    send = 1\n", ["MLK407"]),
        ("class Mailer:\n    def send(self):\n        pass\n", ["MLK407"]),
        ("def send():\n    pass\n", []),
        ("import mail as send\n", []),
        ("from mail import (\n    deliver,\n    send,\n)\n", []),
        ("from mail import a, \\\n    send\n", []),
        ("from mail import *\n", []),
        ("from json import *\n", ["MLK407"]),
        ("if True:\n    send = 1\n", []),
        ("for send in range(3):\n    pass\n", []),
        ("with open('a') as send:\n    pass\n", []),
        ("a, (b, send) = 1, (2, 3)\n", []),
        ("def deliver():\n    global send\n    send = 1\n", []),
        ("print(send := 1)\n", []),
        ("send: int\n", []),
        ("globals()['se' + 'nd'] = 1\n", []),
        ("import sys\nsetattr(sys.modules[__name__], 'se' + 'nd', 1)\n", []),
        ("def __getattr__(name):\n    return 1\n", []),
        ("this is no Python\n", []),
    ],
)
def test_target_is_looked_for_in_the_module(shop: str, expected: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"shop.py": shop, "test_shop.py": TEST})
    assert codes(check(tmp_path / "test_shop.py")) == expected


def test_verdict_follows_the_file(tmp_path: Path) -> None:
    """What was read before does not count once the module has changed."""
    write(tmp_path, {"shop.py": "def deliver():\n    pass\n", "test_shop.py": TEST})
    assert codes(check(tmp_path / "test_shop.py")) == ["MLK407"]
    write(tmp_path, {"shop.py": "def send():\n    return 1\n"})
    assert codes(check(tmp_path / "test_shop.py")) == []
    write(tmp_path, {"shop.py": "def deliver():\n    pass\n"})
    assert codes(check(tmp_path / "test_shop.py")) == ["MLK407"]


def test_target_in_the_buffer_of_the_test_file_itself(tmp_path: Path) -> None:
    own = TEST.replace("shop.send", "test_shop.send")
    write(tmp_path, {"test_shop.py": own})
    assert codes(check(tmp_path / "test_shop.py")) == ["MLK407"]
    assert codes(check(tmp_path / "test_shop.py", own + "\n\ndef send():\n    return 1\n")) == []


def test_module_is_not_run(tmp_path: Path) -> None:
    write(tmp_path, {"shop.py": "open('ran', 'w').close()\n", "test_shop.py": TEST})
    assert codes(check(tmp_path / "test_shop.py")) == ["MLK407"]
    assert not (tmp_path / "ran").exists()


def test_first_of_two_roots_is_not_taken_for_the_one_that_is_meant(tmp_path: Path) -> None:
    """The tests' own directory may be on the path of imports or not."""
    project = {"setup.py": "", "shop.py": "def send():\n    pass\n", "tests/shop.py": "", "tests/test_shop.py": TEST}
    write(tmp_path, project)
    assert codes(check(tmp_path / "tests" / "test_shop.py")) == []
    (tmp_path / "shop.py").unlink()
    assert codes(check(tmp_path / "tests" / "test_shop.py")) == ["MLK407"]


def test_compiled_submodule_is_there(tmp_path: Path) -> None:
    write(tmp_path, {"shop/__init__.py": "", "test_shop.py": TEST})
    assert codes(check(tmp_path / "test_shop.py")) == ["MLK407"]
    write(tmp_path, {"shop/send.cpython-311-x86_64-linux-gnu.so": b""})
    assert codes(check(tmp_path / "test_shop.py")) == []


def test_message_names_the_nearest_name(tmp_path: Path) -> None:
    write(tmp_path, {"shop.py": "def send_():\n    pass\n", "test_shop.py": TEST})
    [(line, column, text)] = check(tmp_path / "test_shop.py")
    assert (line, column) == (4, 1)
    assert text == (
        "MLK407 patch of 'shop.send' raises AttributeError: module 'shop' has no 'send'; did you mean 'send_'?"
    )


def test_state_that_conftest_resets(tmp_path: Path) -> None:
    fake = RULES["MLK304"].bad
    write(tmp_path, {"test_mail.py": fake})
    assert codes(check(tmp_path / "test_mail.py")) == ["MLK304"]
    conftest = "def pytest_runtest_teardown():\n    from test_mail import FakeMailer\n\n    FakeMailer.sent.clear()\n"
    write(tmp_path, {"conftest.py": conftest})
    assert codes(check(tmp_path / "test_mail.py")) == []
