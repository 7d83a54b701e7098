"""Names that come when they are asked for."""


def __getattr__(name):
    return name.upper()
