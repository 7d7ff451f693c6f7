"""A small Flask application with the parts that real ones have."""

import hashlib
import os
import threading

from flask import (Flask, Response, abort, g, jsonify, redirect, render_template_string, request,
                   send_file, session, stream_with_context, url_for)

from records import record


def create_app():
    app = Flask(__name__)
    app.secret_key = "for tests"

    @app.before_request
    def remember_thread():
        g.thread = threading.get_ident()

    @app.teardown_request
    def torn_down(error):
        record(f"teardown {request.path}")

    @app.get("/")
    def index():
        return render_template_string(
            "<h1>{{ name|e }}</h1><a href={{ url_for('count') }}>count</a>",
            name=request.args.get("name", "<nobody>"))

    @app.route("/count")
    def count():
        session["count"] = session.get("count", 0) + 1
        assert g.thread == threading.get_ident()
        return jsonify(count=session["count"], url=url_for("count", _external=True))

    @app.post("/form")
    def form():
        return jsonify(form=request.form.to_dict(flat=False), json=request.get_json(silent=True))

    @app.post("/upload")
    def upload():
        file = request.files["file"]
        found, size = hashlib.sha256(), 0
        while block := file.stream.read(1 << 16):
            found.update(block)
            size += len(block)
        return jsonify(name=file.filename, size=size, sha256=found.hexdigest())

    @app.get("/download")
    def download():
        return send_file(os.environ["DOWNLOAD"], conditional=True, download_name="a file.bin",
                         mimetype="application/octet-stream")

    @app.get("/stream/<int:blocks>")
    def stream(blocks):
        def made():
            for number in range(blocks):
                yield f"{request.path} {number}\n"
        return Response(stream_with_context(made()), mimetype="text/plain")

    @app.get("/moved")
    def moved():
        return redirect(url_for("index", name="moved"))

    @app.get("/missing")
    def missing():
        abort(404)

    @app.get("/broken")
    def broken():
        raise RuntimeError("broken on purpose")

    @app.errorhandler(404)
    def not_found(error):
        return "nothing here", 404

    return app


application = create_app()
