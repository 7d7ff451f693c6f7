#pragma once

#include <string>

#include "base/result.h"

namespace forkloom::supervisor {

// Which file to run as Python: `setting` is an interpreter's path or a virtual environment's
// folder;
// "" means $VIRTUAL_ENV, else python3 on PATH. The result is absolute with its symbolic links left
// as they are, because an interpreter knows its virtual environment by the path that it is run by.
// The Error says what is wrong with the path and what would be right.
Result<std::string> choose_interpreter(const std::string& setting);

}  // namespace forkloom::supervisor
