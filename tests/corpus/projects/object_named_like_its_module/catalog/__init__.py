from catalog.config import config
