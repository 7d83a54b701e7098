def host():
    return ""
