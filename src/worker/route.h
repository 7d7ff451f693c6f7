#pragma once

// Which application answers a request, and as what. Kept with the exchange.

#include <string_view>

#include "app/exchange.h"
#include "connection/exchange.h"
#include "worker/appearance.h"

namespace forkloom::worker {

struct Route final : connection::Attachment {
  // The exchange's; made where it is missing.
  static Route& of(connection::Exchange& exchange) {
    if (!exchange.attachment) exchange.attachment = std::make_unique<Route>();
    return static_cast<Route&>(*exchange.attachment);
  }

  const app::Target* target = nullptr;  // nullptr: no application
  const app::Place* place = nullptr;
  AppearanceText appearance_text;
  app::Appearance appearance;
  std::string_view script_name;
  std::string_view path_info;
};

}  // namespace forkloom::worker
