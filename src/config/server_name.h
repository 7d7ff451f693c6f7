#pragma once

// What hosts are called: the arguments of ServerName, ServerAlias and <VirtualHost>. Pure
// functions, safe from any thread.

#include <string>
#include <string_view>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// ServerName: "[scheme://]name[:port]" into name, port and scheme of the host.
Checked<void> read_server_name(std::string_view text, Host& host);
// ServerAlias: a name, in which * and ? may stand.
Checked<std::string> read_server_alias(std::string_view text);
// <VirtualHost>: "*", "*:80", "_default_:80", "10.0.0.1:80", "[::1]:80", an address without port.
Checked<HostAddress> read_host_address(std::string_view text);

}  // namespace forkloom::config
