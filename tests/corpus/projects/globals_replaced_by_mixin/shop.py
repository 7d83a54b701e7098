import ssl


def connect():
    return ssl.create_default_context()
