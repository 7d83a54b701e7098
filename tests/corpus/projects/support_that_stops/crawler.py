def fetch(url):
    raise OSError(url)


def sell(weight):
    raise OSError(weight)


class Settings:
    def __init__(self):
        self.BACKENDS = {"default": None}


settings = Settings()
