#include "cli/site_check.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "accesslog/format.h"
#include "cli/disk_files.h"
#include "config/directives.h"
#include "os/accounts.h"
#include "os/file_facts.h"
#include "routing/shadowing.h"

namespace forkloom::cli {
namespace {

using config::Fault;
using config::Statement;
using config::Tree;

bool is_directive(const Statement& statement, std::string_view name) {
  const config::Directive* row = config::find_directive(statement.name);
  return row != nullptr && row->name == name;
}

// The statement of a directive that counts: the last one.
const Statement* statement_of(const Tree& tree, std::string_view name) {
  const auto found = std::find_if(tree.rbegin(), tree.rend(), [&](const Statement& statement) {
    return is_directive(statement, name);
  });
  return found == tree.rend() ? nullptr : &*found;
}

const Statement* statement_at(const Tree& tree, const config::Origin& origin) {
  const auto found = std::find_if(tree.begin(), tree.end(), [&](const Statement& statement) {
    return statement.origin == origin;
  });
  return found == tree.end() ? nullptr : &*found;
}

bool is_folder(const std::string& path) {
  const auto facts = os::facts_of_path(path);
  return facts && facts->is_folder();
}

class SiteChecker {
 public:
  SiteCheck check(const config::Configuration& configuration) && {
    const config::Settings& settings = configuration.settings;
    check_server(configuration.tree, settings);
    check_host(configuration.tree, settings.main);
    // Hosts are in the order of the file, in the tree and in the settings.
    auto host = settings.virtual_hosts.begin();
    for (const Statement& statement : configuration.tree) {
      if (!is_directive(statement, "VirtualHost")) continue;
      if (host == settings.virtual_hosts.end()) break;
      check_host(statement.children, *host++);
    }
    return std::move(found_);
  }

 private:
  // What is in force without a statement is a default, which is right by construction.
  void check_server(const Tree& tree, const config::Settings& settings) {
    if (const Statement* types = statement_of(tree, "TypesConfig")) {
      if (const auto text = DiskFiles().read(settings.types_file); !text) {
        add_error(*types, {text.error().message(), "name a file that can be read"});
      }
    }
    if (const Statement* file = statement_of(tree, "PidFile")) {
      check_folder_of(*file, settings.pid_file);
    }
    if (const Statement* user = statement_of(tree, "User")) {
      check_account(*user, "user", settings.user, os::has_user);
    }
    if (const Statement* group = statement_of(tree, "Group")) {
      check_account(*group, "group", settings.group, os::has_group);
    }
  }

  void check_host(const Tree& tree, const config::Host& host) {
    if (const Statement* log = statement_of(tree, "ErrorLog")) check_log(*log, *host.error_log);
    for (const config::CustomLog& log : host.custom_logs) {
      const Statement* statement = statement_at(tree, log.origin);
      if (statement == nullptr) continue;
      check_log(*statement, log.path);
      check_format(*statement, log.format);
    }
    const Statement* root = statement_of(tree, "DocumentRoot");
    if (root != nullptr && !is_folder(*host.document_root)) {
      add_warning(*root, {fmt::format("there is no folder {}", *host.document_root),
                          "make it, or name one that exists"});
    }
    for (const config::Mapping& mapping : host.mappings) check_target(tree, mapping);
    for (const routing::Shadow& shadow : routing::shadowed(host)) {
      const Statement* statement = statement_at(tree, shadow.hidden->origin);
      if (statement == nullptr) continue;
      add_warning(*statement,
                  {fmt::format("no request comes here: {} of {} takes all of {}", shadow.by->url,
                               shadow.by->origin.text(), shadow.hidden->url),
                   shadow.by->kind == shadow.hidden->kind
                       ? "write it before that one, or with another URL path"
                       : "write another URL path: files come before applications"});
    }
  }

  void check_target(const Tree& tree, const config::Mapping& mapping) {
    const Statement* statement = statement_at(tree, mapping.origin);
    const bool is_path = !mapping.pattern && mapping.kind != config::Mapping::Kind::kModule;
    if (statement == nullptr || !is_path || os::facts_of_path(mapping.target)) return;
    add_warning(*statement,
                {fmt::format("there is no {}", mapping.target), "make it, or name what exists"});
  }

  void check_log(const Statement& statement, const std::string& path) {
    if (path == "-") return;
    if (is_folder(path)) {
      add_error(statement, {fmt::format("{} is a folder", path), "name a file"});
    } else {
      check_folder_of(statement, path);
    }
  }

  void check_folder_of(const Statement& statement, const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    if (is_folder(folder)) return;
    add_error(statement, {fmt::format("{} cannot be written: there is no folder {}", path, folder),
                          "make it, or name a file in one that exists"});
  }

  void check_format(const Statement& statement, const std::string& text) {
    const auto format = accesslog::Format::compile(text);
    if (format) return;
    add_error(statement, {fmt::format("the format cannot be used: {}", format.error().message()),
                          "write common, combined, json or a format of LogFormat"});
  }

  void check_account(const Statement& statement, std::string_view what, const std::string& name,
                     Result<bool> (*exists)(const std::string&)) {
    if (name.starts_with('#')) return;
    const auto found = exists(name);
    if (!found) {
      add_error(statement, {found.error().message(), "try again"});
    } else if (!*found) {
      add_error(statement,
                {fmt::format("there is no {} {}", what, name), "name one that the system has"});
    }
  }

  void add_error(const Statement& statement, Fault fault) {
    add(found_.errors, statement, std::move(fault));
  }
  void add_warning(const Statement& statement, Fault fault) {
    add(found_.warnings, statement, std::move(fault));
  }
  static void add(std::vector<config::Diagnostic>& into, const Statement& statement, Fault fault) {
    const config::Directive* row = config::find_directive(statement.name);
    into.push_back({statement.origin, statement.source, std::string(row->name), std::move(fault)});
  }

  SiteCheck found_;
};

}  // namespace

SiteCheck check_site(const config::Configuration& configuration) {
  return SiteChecker().check(configuration);
}

}  // namespace forkloom::cli
