def price():
    raise OSError


def send(text):
    raise OSError(text)
