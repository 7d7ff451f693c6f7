#pragma once

// The applications of one interpreter: who needs one asks here, whichever thread. Destroyed
// attached.

#include <memory>
#include <mutex>
#include <vector>

#include "app/exchange.h"
#include "wsgi/code_unit.h"
#include "wsgi/target_code.h"

namespace forkloom::wsgi {

class Applications {
 public:
  // Loads nothing. Lives as long as this.
  TargetCode& code_of(const app::Target& target);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CodeUnit>> units_;
  std::vector<std::unique_ptr<TargetCode>> codes_;  // by the target's number, with gaps
};

}  // namespace forkloom::wsgi
