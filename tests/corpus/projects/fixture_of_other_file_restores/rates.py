TABLE = None


def load():
    global TABLE
    TABLE = {}


def cleanup():
    global TABLE
    TABLE = None
