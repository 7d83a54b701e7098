FAKE_ID = "id1"
FAKE_ACTIONS = {FAKE_ID: {"request1": {"id": 1, "action": "stop"}}}
FAKE_EVENTS = {1: [{"event": "schedule"}]}
