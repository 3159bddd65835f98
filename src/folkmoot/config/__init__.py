"""How one installation is put together: settings from the environment, addresses, WSGI entry. Nothing imports it."""
