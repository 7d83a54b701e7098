from public import public

from published.config import Configuration

public(config=Configuration())
