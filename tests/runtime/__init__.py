"""Tests of the runtime detector."""
