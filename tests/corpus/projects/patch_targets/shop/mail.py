"""Sends mail. The word postpone stands here, in text only."""

import json
import smtplib
from dataclasses import dataclass
from unknown_library import Base
from unknown_library import helper as outside

from shop import stock
from shop.base import (
    Loose,
    Sender,
)
from shop.money import *

try:
    import certifi
except ImportError:
    certifi = None

if certifi:
    SECURE = True

TIMEOUT, RETRIES = 5, 3


def connect():
    global connection
    connection = smtplib.SMTP("localhost", timeout=TIMEOUT)
    return connection


def send(recipient, text):
    note = json.dumps(text)
    return connect().sendmail("shop@example.org", recipient, note)


class Mailer(Sender):
    """Delivers, and does not cancel."""

    limit = 3
    queue: list

    def deliver(self, text):
        self.last = text
        return outside(text)

    def __flush(self):
        return None

    class Meta:
        ordering = ["last"]


class Letter(Base):
    pass


class Parcel(Loose):
    pass


class Slotted:
    __slots__ = ("weight",)


@dataclass
class Address:
    street: str
    town: str = ""


Mailer.footer = "shop.example.org"
