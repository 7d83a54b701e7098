def read():
    raise OSError


def fire(name):
    raise OSError(name)
