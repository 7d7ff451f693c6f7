-- Read by wrk. Prints one line that measure.py reads: counts, microseconds and bytes.
-- FORKLOOM_BENCH_BODY, when set, is the size in bytes of the body that each request posts.

local size = tonumber(os.getenv("FORKLOOM_BENCH_BODY") or "")
if size then
  wrk.method = "POST"
  wrk.body = string.rep("x", size)
  wrk.headers["Content-Type"] = "application/octet-stream"
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'forkloom-bench {"requests": %d, "duration_us": %d, "bytes": %d, ' ..
    '"p50_us": %d, "p99_us": %d, "mean_us": %.1f, ' ..
    '"status": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency.mean,
    errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
