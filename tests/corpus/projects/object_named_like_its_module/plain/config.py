FILE = "shop.cfg"
