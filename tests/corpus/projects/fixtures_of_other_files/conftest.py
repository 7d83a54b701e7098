pytest_plugins = ["shop_plugin"]
