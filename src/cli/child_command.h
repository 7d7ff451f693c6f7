#pragma once

namespace forkloom::cli {

// Serves as a child that runs no application, of a server whose configuration has none. Ends with
// the process's exit status.
int run_child_command(int inheritance_fd);

}  // namespace forkloom::cli
