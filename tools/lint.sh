#!/usr/bin/env bash
# Format, static analysis, and a build by clang without warnings, on the sources of the project.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files --cached --others --exclude-standard '*.cpp' '*.h' '*.c')
echo "clang-format: ${#sources[@]} files"
clang-format --dry-run --Werror "${sources[@]}"

cmake --preset clang > /dev/null
cmake --build --preset clang
echo "clang-tidy"
# The sources that run in production; unit tests are held to the compilers' warnings.
run-clang-tidy -quiet -p build-clang "$PWD/src/.*(?<!_test)(?<!_benchmark)\.(cpp|c)\$" > build-clang/tidy.log 2>&1 ||
  { grep -E '(warning|error):' -A 6 build-clang/tidy.log || tail -n 40 build-clang/tidy.log; exit 1; }
