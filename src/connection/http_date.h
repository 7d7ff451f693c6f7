#pragma once

#include <string_view>

namespace forkloom::connection {

// The present time for the Date field. The view is valid until this thread's next call.
std::string_view http_date_now();

}  // namespace forkloom::connection
