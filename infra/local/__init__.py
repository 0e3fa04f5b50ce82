"""The local stage: everything in one process tree, on loopback, by the handlers of Lambda.

stage.py     where it lives: folder, ports, secrets, approved accounts, demo colleagues
parts.py     what only exists here: secrets in a file, pages in the log, hints over loopback
sign_in.py   the demo identity provider
web.py       HTTP and sockets, as events to the handlers in app.py
work.py      lanes and the clock, as events to the handlers in app.py
run.py       starts these and the fakes, watches them, stops them

None of it is packaged, so production cannot reach it.
"""
