def count(article):
    return 1
