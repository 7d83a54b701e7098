def submit(kind, amount):
    raise OSError("no network")
