"""Fixtures that start the server. FORKLOOM_BINARY names the binary (default: build/forkloom);
FORKLOOM_PRELOAD a sanitizer's library, which an uninstrumented Python needs loaded first."""

import contextlib
import os

import pytest

import ordinary_user
import server as under_test
from written_site import WrittenSite


def _serve(folder_for, stack):
    def start(target, *options, **settings):
        if not os.access(under_test.BINARY, os.X_OK):
            pytest.fail(f"{under_test.BINARY} is not there: build it with 'make build'")
        return stack.enter_context(under_test.running(folder_for(), target, *options, **settings))

    return start


def _serve_app(serve):
    def start(application, *options, is_validated=False, **settings):
        # apps/validated.py wraps the application that the environment names.
        target = "validated" if is_validated else application
        return serve(
            target, "--python-path", under_test.APPS, *options,
            APPLICATION=application, **settings,
        )

    return start


@pytest.fixture
def serve(tmp_path):
    """serve(target, *options): a server for this test, stopped and checked at its end."""
    count = 0

    def folder():
        nonlocal count
        count += 1
        path = tmp_path / f"server-{count}"
        path.mkdir()
        return path

    with contextlib.ExitStack() as stack:
        yield _serve(folder, stack)


@pytest.fixture
def serve_app(serve):
    """serve_app(name of a module in apps/, *options, is_validated=False)"""
    return _serve_app(serve)


@pytest.fixture(scope="module")
def serve_target_for_module(tmp_path_factory):
    """serve for a server that all tests of a module ask."""
    with contextlib.ExitStack() as stack:
        yield _serve(lambda: tmp_path_factory.mktemp("server"), stack)


@pytest.fixture(scope="module")
def serve_for_module(serve_target_for_module):
    """serve_app for a server that all tests of a module ask."""
    return _serve_app(serve_target_for_module)


@pytest.fixture(params=["bare", "validated"], scope="module")
def is_validated(request):
    """Each application is served as it is, and inside wsgiref.validate."""
    return request.param == "validated"


@pytest.fixture
def site(tmp_path):
    """A site that the test writes."""
    with contextlib.ExitStack() as stack:
        yield WrittenSite(tmp_path, stack)


@pytest.fixture(scope="module")
def site_for_module(tmp_path_factory):
    """A site that all tests of a module ask."""
    with contextlib.ExitStack() as stack:
        yield WrittenSite(tmp_path_factory.mktemp("site"), stack)


@pytest.fixture
def open_site():
    """A site in a folder that every user may enter: pytest's own is closed."""
    with ordinary_user.scratch("forkloom-site-") as folder, contextlib.ExitStack() as stack:
        yield WrittenSite(folder, stack)
