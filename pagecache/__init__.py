"""Finished pages, kept as long as they are right. The package knows no story: it knows questions and answers.

A page is kept with the questions it asked the database and a fingerprint of the answers. When somebody has written,
or something has begun or ended, the questions are asked again: the same answers make the same page. So nobody has
to say which pages a change touches, and none can be forgotten. docs/decisions/0060-a-page-keeps-its-questions.md
has the reasons and the figures.

The way of a request: wsgi -> keys -> standing -> memory -> shelf -> questions; watches make the database count writes.
"""
