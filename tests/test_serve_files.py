"""`forkloom serve` with files and with configuration files beside the application."""

import pytest

from server import APPS


@pytest.fixture
def folder(tmp_path):
    """What is served."""
    path = tmp_path / "files"
    (path / "css").mkdir(parents=True)
    (path / "css" / "site.css").write_text("body {}\n")
    (path / "index.html").write_text("<p>index")
    (path / "robots.txt").write_text("User-agent: *\n")
    (tmp_path / "secret.txt").write_text("secret")
    return path


def is_of_the_application(response):
    return response.status == 200 and b'"environ"' in response.body


class TestStatic:
    def test_a_folder_answers_before_the_application(self, serve_app, folder):
        server = serve_app("probe", "--static", f"/static={folder}")
        response = server.ask(target="/static/css/site.css")
        assert (response.status, response.body) == (200, b"body {}\n")
        assert response.value("Content-Type") == "text/css"
        assert server.ask(target="/static/").body == b"<p>index"
        assert server.ask(target="/static/css").value("Location").endswith("/static/css/")
        assert is_of_the_application(server.ask(target="/staticky"))
        assert is_of_the_application(server.ask(target="/css/site.css"))

    def test_what_is_not_there_is_no_matter_of_the_application(self, serve_app, folder):
        server = serve_app("probe", "--static", f"/static={folder}")
        assert server.ask(target="/static/gone").status == 404
        assert server.ask(target="/static/css/").status == 403
        assert server.ask("POST", "/static/css/site.css", body=b"x").status == 405
        assert is_of_the_application(server.ask(target="/static/..%2Fsecret.txt"))

    def test_one_file(self, serve_app, folder):
        server = serve_app("probe", "--static", f"/robots.txt={folder}/robots.txt")
        assert server.ask(target="/robots.txt").body == b"User-agent: *\n"
        assert is_of_the_application(server.ask(target="/robots.txt2"))

    def test_the_longer_of_two_prefixes_may_stand_first(self, serve_app, folder):
        server = serve_app("probe", "--static", f"/static/own={folder}/css",
                           "--static", f"/static={folder}")
        assert server.ask(target="/static/own/site.css").body == b"body {}\n"
        assert server.ask(target="/static/robots.txt").body == b"User-agent: *\n"

    def test_a_folder_that_is_not_there_yet(self, serve_app, folder):
        """A build may make it later."""
        server = serve_app("probe", "--static", f"/built={folder}/built")
        assert server.ask(target="/built/a.txt").status == 404
        (folder / "built").mkdir()
        (folder / "built" / "a.txt").write_text("built")
        assert server.ask(target="/built/a.txt").body == b"built"


class TestDocumentRoot:
    def test_its_files_answer_what_the_application_does_not(self, serve_app, folder):
        server = serve_app("probe", "--mount", "/shop", "--document-root", folder)
        assert server.ask().body == b"<p>index"
        assert server.ask(target="/robots.txt").body == b"User-agent: *\n"
        assert is_of_the_application(server.ask(target="/shop/robots.txt"))
        assert server.ask(target="/shopping").status == 404
        assert server.get_json("/shop/x")["environ"]["DOCUMENT_ROOT"] == str(folder)

    def test_without_one_there_is_nothing_beside_the_application(self, serve_app):
        server = serve_app("probe", "--mount", "/shop")
        assert server.ask().status == 404
        assert server.ask(target="/robots.txt").status == 404


class TestConfig:
    def test_its_directives_are_in_force(self, serve_app, folder, tmp_path):
        file = tmp_path / "more.conf"
        file.write_text(f"""\
Alias /media {folder}
SetEnv COLOUR red
Header set X-Served yes
ErrorDocument 404 "nothing here"
WSGIPassAuthorization Off
<Location /closed>
    Require all denied
</Location>
""")
        server = serve_app("probe", "--config", file, "--static", f"/static={folder}")
        response = server.ask(target="/media/robots.txt")
        assert (response.body, response.value("X-Served")) == (b"User-agent: *\n", "yes")
        environ = server.get_json(fields=[("Authorization", "Basic eDp5")])["environ"]
        assert environ["COLOUR"] == "red"
        assert "HTTP_AUTHORIZATION" not in environ
        assert server.ask(target="/closed/x").status == 403
        assert server.ask(target="/static/gone").body == b"nothing here"

    def test_an_option_overrides_it(self, serve_app, tmp_path):
        file = tmp_path / "more.conf"
        file.write_text("LimitRequestBody 100000\nThreadsPerChild 7\nErrorLog elsewhere.log\n")
        server = serve_app("probe", "--config", file, "--limit-request-body", "10", threads=2)
        assert server.ask("POST", body=b"x" * 11).status == 413
        assert server.ask("POST", body=b"x" * 10).status == 200
        assert "threads      2" in server.start_lines()
        assert not list(tmp_path.rglob("elsewhere.log"))

    def test_of_two_files_the_later_one_counts(self, serve_app, tmp_path):
        for name, limit in (("a", 5), ("b", 10)):
            (tmp_path / f"{name}.conf").write_text(
                f"LimitRequestBody {limit}\nSetEnv FROM_{name.upper()} yes\n")
        server = serve_app("probe", "--config", tmp_path / "a.conf", "--config",
                           tmp_path / "b.conf")
        environ = server.get_json(method="POST", body=b"x" * 10)["environ"]
        assert environ["FROM_A"] == environ["FROM_B"] == "yes"

    def test_more_applications_may_stand_in_it(self, serve_app, tmp_path):
        file = tmp_path / "more.conf"
        file.write_text(f"WSGIScriptAlias /answers {APPS}/answers.py\n")
        server = serve_app("probe", "--config", file)
        assert server.ask(target="/answers/teapot").status == 418
        assert is_of_the_application(server.ask(target="/teapot"))
