def fetch(image):
    raise OSError


def store(image, data):
    raise OSError
