"""Measures Forkloom beside other WSGI servers on one machine, in one run."""
