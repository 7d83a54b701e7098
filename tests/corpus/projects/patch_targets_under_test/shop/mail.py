def send(recipient, text):
    return f"{recipient}: {text}"


def send_all(recipients, text):
    return [send(recipient, text) for recipient in recipients]
