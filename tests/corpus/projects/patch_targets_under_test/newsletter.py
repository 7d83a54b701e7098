import sys
from sys import stdout

from shop.mail import send, send_all


def welcome(reader):
    stdout.write("welcome")
    return send(reader, "Welcome")


def publish(readers):
    print("published", file=sys.stdout)
    return send_all(readers, "News")
