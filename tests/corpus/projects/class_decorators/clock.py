def hour():
    return 12
