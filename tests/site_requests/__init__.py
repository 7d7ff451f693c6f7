"""The requests that Forkloom and Apache must answer alike, by group."""

from site_requests import applications, conditions, files, hosts, weaver

REQUESTS = (
    *files.REQUESTS, *conditions.REQUESTS, *applications.REQUESTS, *hosts.REQUESTS,
    *weaver.REQUESTS,
)
