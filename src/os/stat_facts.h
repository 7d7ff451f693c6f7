#pragma once

// For `os` alone: stat(2)'s structure as FileFacts.

#include "os/file_facts.h"

struct stat;

namespace forkloom::os {

FileFacts facts_from(const struct stat& found);

}  // namespace forkloom::os
