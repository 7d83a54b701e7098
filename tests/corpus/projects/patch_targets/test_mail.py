from unittest import mock
from unittest.mock import patch

import pytest

import shop
import shop.mail
from shop import mail
from shop.mail import Mailer


@patch("shop.mail.send")
@patch("shop.mail.json.dumps")
@patch("shop.mail.smtplib")
@patch("shop.mail.certifi")
@patch("shop.mail.SECURE")
@patch("shop.mail.RETRIES")
@patch("shop.mail.connection")
@patch("shop.mail.rounded")
@patch("shop.mail.Decimal")
@patch("shop.mail.open")
@patch("shop.mail.__doc__")
@patch("shop.mail.stock.Stock.take")
@patch("shop.mail")
@patch("shop.Stock")
@patch("shop.stock.Stock")
@patch("shop.lazy.anything")
@patch("shop.mail.outside.whatever")
@patch("unknown_library.helper")
@patch("os.path.exists")
@patch("time.sleep")
def test_what_is_there(*mocks):
    with patch("shop.mail.later", create=True), patch.object(mail, "sooner", 1, create=True):
        assert mail.sooner == 1


@patch.object(Mailer, "deliver")
@patch.object(Mailer, "connect")
@patch.object(Mailer, "default")
@patch.object(Mailer, "encoding")
@patch.object(mail.Mailer, "limit")
@patch.object(mail.Mailer, "queue")
@patch.object(mail.Mailer, "Meta")
@patch.object(mail.Mailer, "footer")
@patch.object(mail.Mailer, "__str__")
@patch.object(mail.Letter, "anything")
@patch.object(mail.Parcel, "anything")
@patch.object(mail.Slotted, "weight")
@patch.object(mail.Address, "street")
@patch.object(shop.Stock, "take")
def test_what_classes_have(*mocks):
    pass


@patch("shop.mail.sent")  # MLK407
def test_renamed_function(sent):
    mail.send("ada@example.org", "Hello")


@patch("shop.mail.recipient")  # MLK407
@patch("shop.mail.note")  # MLK407
@patch("shop.mail.postpone")  # MLK407
@mock.patch("shop.mail.sendmail")  # MLK407
def test_words_that_are_no_names_of_the_module(*mocks):
    mail.send("ada@example.org", "Hello")


@mock.patch.object(mail, "transmit")  # MLK407
@mock.patch.object(shop.mail, "transmit")  # MLK407
@mock.patch.object(Mailer, "last")  # MLK407
@mock.patch.object(Mailer, "cancel")  # MLK407
@mock.patch.object(Mailer, "_Mailer__flush")
@mock.patch.object(Mailer, "_Mailer__drop")  # MLK407
@patch("shop.mail.Mailer.send")  # MLK407
@patch("shop.mail.stock.Stock.put")  # MLK407
@patch("shop.stock.Stock.put")  # MLK407
@patch("shop.Stock.put")  # MLK407
@patch("shop.mail.json.dumped")  # MLK407
@patch("os.path.exist")  # MLK407
@patch("time.slep")  # MLK407
def test_what_is_missing(*mocks):
    pass


@patch("shop.post.send")
@patch("shop.rates.fetch")
def test_a_module_that_may_be_generated_later(*mocks):
    pass


def test_pytest_mock(mocker):
    mocker.patch("shop.mail.send")
    mocker.patch("shop.mail.transmit")  # MLK407
    mocker.patch.object(mail, "transmit")  # MLK407


def test_a_patcher_that_is_kept():
    patcher = patch("shop.mail.transmit")  # MLK407
    with patcher:
        pass


def test_missing_on_purpose():
    with pytest.raises(AttributeError):
        with patch("shop.mail.transmit"):
            pass
    patcher = patch("shop.mail.transmit2")
    with pytest.raises(AttributeError):
        with patcher:
            pass


def test_missing_perhaps():
    if hasattr(mail, "dispatch"):
        with patch("shop.mail.dispatch"):
            pass
    try:
        with patch("shop.mail.post"):
            pass
    except AttributeError:
        pass


def test_set_before():
    mail.added = 1
    with patch("shop.mail.added", 2):
        assert mail.added == 2
    del mail.added


def test_shadowed_by_a_parameter(mail):
    with patch.object(mail, "transmit"):
        pass


def test_shadowed_by_a_variable():
    shop = object()
    Mailer = type("Mailer", (), {"cancel": 1})
    with patch.object(Mailer, "cancel"), patch.object(shop, "nothing", create=True):
        pass


@pytest.mark.skipif("sys.platform == 'win32'")
def test_of_another_system():
    with patch("shop.mail.fork"):
        pass


class Http:
    def patch(self, path):
        return path


def test_other_patch():
    patch = Http().patch
    assert patch("shop.mail.transmit")
    assert Http().patch("shop.mail.transmit")
