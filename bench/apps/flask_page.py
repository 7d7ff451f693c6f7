"""A page that Flask renders from a template with a few values."""

import flask

application = flask.Flask(__name__)

ORDERS = [
    {"number": 1001 + i, "customer": f"Customer <{i}>", "total": 19.5 + i, "paid": i % 3 == 0}
    for i in range(10)
]


@application.route("/")
def page():
    return flask.render_template("orders.html", title="Orders", user="Ada", orders=ORDERS)
