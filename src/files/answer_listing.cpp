#include "files/answer_listing.h"

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "files/header_fields.h"
#include "files/listing_page.h"
#include "files/plain_answer.h"
#include "os/folder_entries.h"

namespace forkloom::files {

Result<void> answer_listing(const http::Request& request, Found&& folder, std::string_view url_path,
                            const Policy& policy, app::Response& response) {
  if (!is_reading(request, response)) return {};
  auto found = os::read_folder(folder.fd.get(), policy.links, kMostListed);
  if (!found) {
    // Before refuse(): the exchange, and with it url_path, is gone afterwards.
    Error error = std::move(found.error()).within(url_path);
    response.refuse(error.number() == EACCES ? 403 : 500);
    return fail(std::move(error));
  }
  if (!policy.serves_hidden) {
    std::erase_if(found->entries, [](const os::FolderEntry& entry) {
      return entry.name.front() == '.' && entry.name != ".well-known";
    });
  }
  const std::string page = listing_page(url_path, std::move(*found));
  HeaderFields fields;
  fields.add("Content-Type", "text/html; charset=utf-8");
  const std::array<std::string_view, 1> blocks = {page};
  response.start({.status = 200, .reason = "", .fields = fields.all(), .body_length = page.size()},
                 blocks, app::Flow::kHandOver, true);
  response.finish();
  return {};
}

}  // namespace forkloom::files
