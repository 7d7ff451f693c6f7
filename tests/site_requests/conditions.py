"""Conditional requests and ranges (site default: letters.txt has the 26 letters)."""


from site_folder import CHANGED
from site_requests.request import Request

ETAG = f'"1a-{CHANGED * 1000000:x}"'
LAST_MODIFIED = "Mon, 06 May 2024 07:08:09 GMT"
EARLIER = "Mon, 06 May 2024 07:08:08 GMT"
LATER = "Mon, 06 May 2024 07:08:10 GMT"
FUTURE = "Fri, 06 May 2044 07:08:09 GMT"


def letters(name, method="GET", **fields):
    """Field names with _ for -."""
    return Request(
        name, "default", "/letters.txt", method,
        fields=tuple((key.replace("_", "-"), value) for key, value in fields.items()))


ranged = letters

REQUESTS = (
    letters("If-None-Match that matches", If_None_Match=ETAG),
    letters("If-None-Match that matches, HEAD", method="HEAD", If_None_Match=ETAG),
    letters("If-None-Match that matches weakly", If_None_Match=f"W/{ETAG}"),
    letters("If-None-Match with any", If_None_Match="*"),
    letters("If-None-Match in a list", If_None_Match=f'"a", {ETAG}, "b"'),
    letters("If-None-Match that does not match", If_None_Match='"other"'),
    letters("If-None-Match without quotes", If_None_Match=ETAG.strip('"')),
    letters("If-None-Match beats If-Modified-Since",
            If_None_Match='"other"', If_Modified_Since=LAST_MODIFIED),
    letters("If-None-Match with If-Modified-Since, both fit",
            If_None_Match=ETAG, If_Modified_Since=LAST_MODIFIED),
    letters("If-None-Match with If-Modified-Since, one fits",
            If_None_Match=ETAG, If_Modified_Since=EARLIER),
    letters("If-Modified-Since, same", If_Modified_Since=LAST_MODIFIED),
    letters("If-Modified-Since, earlier", If_Modified_Since=EARLIER),
    letters("If-Modified-Since, later", If_Modified_Since=LATER),
    letters("If-Modified-Since, in the future", If_Modified_Since=FUTURE),
    letters("If-Modified-Since in RFC 850's form",
            If_Modified_Since="Monday, 06-May-24 07:08:09 GMT"),
    letters("If-Modified-Since in asctime's form", If_Modified_Since="Mon May  6 07:08:09 2024"),
    letters("If-Modified-Since that is no date", If_Modified_Since="yesterday"),
    letters("If-Modified-Since with a length", If_Modified_Since=f"{LAST_MODIFIED}; length=26"),
    letters("If-Match that matches", If_Match=ETAG),
    letters("If-Match that does not match", If_Match='"other"'),
    letters("If-Match with any", If_Match="*"),
    letters("If-Match that matches weakly", If_Match=f"W/{ETAG}"),
    letters("If-Unmodified-Since, same", If_Unmodified_Since=LAST_MODIFIED),
    letters("If-Unmodified-Since, earlier", If_Unmodified_Since=EARLIER),
    # Ranges.
    ranged("a range", Range="bytes=2-5"),
    ranged("a range, HEAD", method="HEAD", Range="bytes=2-5"),
    ranged("a range of one byte", Range="bytes=0-0"),
    ranged("a range to the end", Range="bytes=20-"),
    ranged("a range from the end", Range="bytes=-3"),
    ranged("a range from the end beyond the start", Range="bytes=-100"),
    ranged("a range beyond the end", Range="bytes=20-100"),
    ranged("the whole as a range", Range="bytes=0-"),
    ranged("the whole as a range, exactly", Range="bytes=0-25"),
    ranged("an unsatisfiable range", Range="bytes=26-"),
    ranged("an unsatisfiable range of some bytes", Range="bytes=100-200"),
    ranged("no bytes from the end", Range="bytes=-0"),
    ranged("a range backwards", Range="bytes=5-2"),
    ranged("a range in another unit", Range="lines=1-2"),
    ranged("a range without numbers", Range="bytes=a-b"),
    ranged("a range of nothing", Range="bytes="),
    ranged("a range in capitals", Range="BYTES=2-5"),
    ranged("a range with spaces", Range="bytes = 2 - 5"),
    ranged("two ranges", Range="bytes=0-1,5-6"),
    ranged("two ranges with a space", Range="bytes=0-1, 5-6"),
    ranged("two ranges that overlap", Range="bytes=0-10,5-15"),
    ranged("two ranges, backwards", Range="bytes=10-12,0-2"),
    ranged("two ranges, one unsatisfiable", Range="bytes=0-1,100-200"),
    ranged("two ranges, both unsatisfiable", Range="bytes=50-60,100-200"),
    ranged("two ranges, one invalid", Range="bytes=0-1,x-y"),
    ranged("three ranges", Range="bytes=0-0,2-2,-1"),
    ranged("If-Range that matches", Range="bytes=2-5", If_Range=ETAG),
    ranged("If-Range that does not match", Range="bytes=2-5", If_Range='"other"'),
    ranged("If-Range that matches weakly", Range="bytes=2-5", If_Range=f"W/{ETAG}"),
    ranged("If-Range with the date", Range="bytes=2-5", If_Range=LAST_MODIFIED),
    ranged("If-Range with an earlier date", Range="bytes=2-5", If_Range=EARLIER),
    ranged("If-Range with a later date", Range="bytes=2-5", If_Range=LATER),
    ranged("a range and If-None-Match", Range="bytes=2-5", If_None_Match=ETAG),
    ranged("a range and If-Match that fails", Range="bytes=2-5", If_Match='"other"'),
    ranged("a range of HTTP/1.0's Request-Range", Request_Range="bytes=2-5"),
    Request("a range of an empty file", "default", "/empty.txt", fields=(("Range", "bytes=0-0"),)),
    Request("a range of a missing file", "default", "/missing", fields=(("Range", "bytes=0-0"),)),
    Request("a range of a folder's index", "default", "/", fields=(("Range", "bytes=0-14"),)),
)
