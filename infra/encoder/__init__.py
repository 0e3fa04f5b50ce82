"""The encoder put together on this machine: published weights, our own changes to them, one file.

``packed`` reads what the package holds, ``pieces`` makes the tokenizer, ``layout`` says where each
tensor lies, ``assemble`` writes the files, ``graph`` draws the network (training only).
"""
