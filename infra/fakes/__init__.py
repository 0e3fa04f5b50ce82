"""Fakes of the platforms that we send to: one server, on loopback, outside the package.

whatsapp.py, x.py, reddit.py, telegram.py
               one module a platform: what it shows, accepts, refuses, answers and calls back
pages.py       Messenger, Facebook's pages and Instagram, which are one platform to send to
platforms.py   the server that holds them, with the controls below; ``running_fakes`` for tests
sent.py        GET /_sent, GET /_read       what was accepted, also across restarts
failures.py    POST, GET, DELETE /_fail     what goes wrong next
posts.py       POST, DELETE /_posts         what citizens wrote, where we are the ones who read
callbacks.py   POST, DELETE /_callback      receipts that come back as signed webhooks
               GET /_dead                   what was told and nobody took
"""
