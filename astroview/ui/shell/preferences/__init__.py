"""One dialog of all that is remembered: pages of settings, the keys, the devices."""
