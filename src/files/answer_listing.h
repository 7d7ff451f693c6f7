#pragma once

#include <cstddef>
#include <string_view>

#include "app/exchange.h"
#include "base/result.h"
#include "files/find.h"
#include "files/policy.h"
#include "http/request.h"

namespace forkloom::files {

// Reading a larger folder would keep the thread from its other work for too long.
constexpr std::size_t kMostListed = 10'000;

// Answers with a page that lists the folder (kFolder), without hidden names unless the policy
// serves them, and without links that it does not follow. `url_path`: decoded, ends with "/", so
// that the page's relative links are right. Reads the disk; never waits for the client.
// The request has been answered in any case; an Error is for the error log.
Result<void> answer_listing(const http::Request& request, Found&& folder, std::string_view url_path,
                            const Policy& policy, app::Response& response);

}  // namespace forkloom::files
