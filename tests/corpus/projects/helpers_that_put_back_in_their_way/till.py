def charge():
    raise OSError
