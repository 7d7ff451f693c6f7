#!/usr/bin/env bash
# Installs the Debian packages that the project needs, and asks for nothing where they are there.
#   tools/install_packages.sh [build] [test] [compare] [lint]     (default: build)
# "compare" is Apache with mod_wsgi, which tests start themselves: no service is set up.
# Needs root, or sudo, only where something is missing.
set -euo pipefail

debian=unknown
if [ -r /etc/os-release ]; then
  debian=$(. /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
fi

build=(build-essential cmake ninja-build ccache git libspdlog-dev libfmt-dev libcli11-dev
       nlohmann-json3-dev libexpected-dev libpcre2-dev pkg-config libgtest-dev libgmock-dev libbenchmark-dev)
case "$debian" in
  bookworm) build+=(libboost1.81-dev) ;;  # its default Boost, 1.74, is too old
  *) build+=(libboost-dev) ;;
esac
# Another python3 that comes first on PATH brings its own headers and its own venv module.
case "$(command -v python3 || true)" in
  "" | /bin/python3 | /usr/bin/python3) build+=(python3 python3-dev python3-venv) ;;
esac
test=(curl nghttp2-client wrk)
compare=(apache2-bin libapache2-mod-wsgi-py3)
lint=(clang clang-format clang-tidy libclang-rt-dev)

wanted=()
for set in "${@:-build}"; do
  case "$set" in
    build) wanted+=("${build[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    compare) wanted+=("${compare[@]}") ;;
    lint) wanted+=("${lint[@]}") ;;
    *) echo "install_packages.sh: no set '$set': build, test, compare or lint" >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query > /dev/null; then
  echo "This is no Debian system: nothing was installed. Needed are the equivalents of:" >&2
  echo "  ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2> /dev/null || true)
  [ "${state:0:2}" = ii ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo > /dev/null || ! { sudo -n true 2> /dev/null || { [ -t 0 ] && sudo -v; }; }; then
    echo "These packages are missing, and neither root nor sudo is at hand to install them:" >&2
    echo "  ${missing[*]}" >&2
    echo "Ask somebody who has the rights to run:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
