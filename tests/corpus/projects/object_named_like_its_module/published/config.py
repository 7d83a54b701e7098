class Configuration:
    pass
