"""A small Flask application: a page, a form, a streamed answer."""

import time

from flask import Flask, Response, render_template_string, request

app = Flask(__name__)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Flask on Forkloom</title>
<body style="font: 1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem">
<h1>Hello, {{ name }}.</h1>
<p>Thread {{ environ.get("forkloom.thread_id", "?") }} of process
{{ environ.get("forkloom.process_id", "?") }} answered.</p>
<form method="post"><label>Your name <input name="name" required></label> <button>Greet</button></form>
<p><a href="{{ url_for('ticks') }}">A streamed answer</a></p>
"""


@app.route("/", methods=["GET", "POST"])
def greet():
    name = request.form.get("name", "Flask")
    return render_template_string(PAGE, name=name, environ=request.environ)


@app.route("/ticks")
def ticks():
    def lines():
        for second in range(5):
            yield f"{second}\n"
            time.sleep(1)

    return Response(lines(), mimetype="text/plain")
