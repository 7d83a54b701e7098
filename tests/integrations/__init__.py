"""The tools that flake8-mockleak is used from: the real ones, driven as their users drive them."""
