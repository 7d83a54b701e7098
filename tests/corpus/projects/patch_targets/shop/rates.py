from shop.generated import *
