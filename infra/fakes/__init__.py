"""Fakes of the platforms that we send to: one server, on loopback, outside the package.

whatsapp.py    one module a platform: what it accepts, refuses, answers and calls back
platforms.py   the server that holds them, with the controls below; ``running_fakes`` for tests
sent.py        GET /_sent, GET /_read       what was accepted, also across restarts
failures.py    POST, GET, DELETE /_fail     what goes wrong next
callbacks.py   POST, DELETE /_callback      receipts that come back as signed webhooks
"""
