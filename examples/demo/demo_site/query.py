"""Numbers and choices from the query string, within limits."""

from urllib.parse import parse_qs

from .answer import Refused


def _first(environ, name: str):
    values = parse_qs(environ.get("QUERY_STRING", "")).get(name)
    return values[0] if values else None


def number(environ, name: str, default: float, lowest: float, highest: float) -> float:
    text = _first(environ, name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not lowest <= value <= highest:  # false for nan, too
        raise Refused("400 Bad Request", f"“{name}” is a number from {lowest:g} to {highest:g}.")
    return value


def choice(environ, name: str, choices) -> str:
    """One of `choices`; the first one where the query does not say."""
    text = _first(environ, name)
    if text is None:
        return choices[0]
    if text not in choices:
        raise Refused("400 Bad Request", f"“{name}” is one of: {', '.join(choices)}.")
    return text
