// A decoded path is absolute and leaves nothing to resolve.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/path.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string path = "/" + std::string(reinterpret_cast<const char*>(bytes), size);
  if (path.find('\0') != std::string::npos) return 0;  // no target that was read has one
  std::string decoded = "left over";
  if (!forkloom::http::decode_path(path, decoded)) return 0;

  if (decoded.empty() || decoded.front() != '/') std::abort();
  if (decoded.find('\0') != std::string::npos) std::abort();
  const std::string closed = decoded + "/";
  for (const std::string_view left : {"/./", "/../"}) {
    if (closed.find(left) != std::string::npos) std::abort();
  }
  if (decoded.find("//") != std::string::npos) std::abort();
  return 0;
}
