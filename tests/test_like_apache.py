"""Forkloom answers as Apache with mod_wsgi does, from the same configuration."""

import contextlib
import functools
import os
import re

import pytest

import apache
import ordinary_user
import site_folder
import site_server
from kept_differences import KEPT_DIFFERENCES
from server import BINARY, REPOSITORY
from site_answers import ask, differences
from site_requests import REQUESTS

DOCUMENT = REPOSITORY / "docs" / "DIFFERENCES.md"


@contextlib.contextmanager
def pair(site):
    """Apache and Forkloom, both with the same copy of a site."""
    before = ordinary_user.words(BINARY)
    with (
        site_folder.copied(site) as folder,
        apache.running(folder, before) as original,
        site_server.running(folder, before=before) as forkloom,
    ):
        yield original, forkloom


@pytest.fixture(scope="module")
def both():
    """both(site): its pair, started when first asked for."""
    if reason := apache.what_is_missing():
        pytest.skip(reason)
    if not os.access(BINARY, os.X_OK):
        pytest.fail(f"{BINARY} is not there: build it with 'make build'")
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda site: stack.enter_context(pair(site)))


@pytest.mark.parametrize("asked", REQUESTS, ids=[asked.name for asked in REQUESTS])
def test_forkloom_answers_as_apache_does(both, asked):
    original, forkloom = both(asked.site)
    found = differences(ask(original.address, asked), ask(forkloom.address, asked), asked)
    told = "".join(
        f"\n{what}:\n  Apache   {left!r}\n  Forkloom {right!r}"
        for what, (left, right) in found.items())
    assert set(found) == set(KEPT_DIFFERENCES.get(asked.name, {})), (
        f"{asked.method} {asked.target} of {asked.host}{told}")


def test_every_request_has_a_name_of_its_own():
    names = [asked.name for asked in REQUESTS]
    assert len(names) == len(set(names))


def test_kept_differences_are_of_requests_that_are_asked():
    assert set(KEPT_DIFFERENCES) <= {asked.name for asked in REQUESTS}


def test_the_document_lists_the_kept_differences():
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+) \|$", DOCUMENT.read_text(), re.M)
    kept = [
        (name, what, reason)
        for name, reasons in KEPT_DIFFERENCES.items() for what, reason in reasons.items()]
    assert rows[1:] == kept  # The first is the head of the table.
