def run(command):
    raise OSError(command)


def edit(path):
    return run(["vi", path])


def editor():
    return "vi"
