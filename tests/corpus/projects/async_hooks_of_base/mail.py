def send(text):
    return text


async def deliver(text):
    return send(text)
