def ask(text):
    return input(text)
