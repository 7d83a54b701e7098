class Configuration:
    pass


config = Configuration()
