#include "config/parser.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/last_statements.h"
#include "config/section.h"
#include "config/server_name.h"
#include "config/syntax.h"
#include "config/unknown.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

std::string count_of(std::size_t arguments) {
  return arguments == 1 ? "1 argument" : fmt::format("{} arguments", arguments);
}

Fault wrong_count(const Directive& row, std::size_t count) {
  const auto [minimum, maximum] = row.arity;
  std::string wanted = count_of(minimum);
  if (maximum == kAnyCount) {
    wanted = "at least " + wanted;
  } else if (minimum != maximum) {
    wanted = fmt::format("{} to {}", minimum, count_of(maximum));
  }
  return {fmt::format("it takes {}, not {}", wanted, count), fmt::format("write {}", row.usage())};
}

Fault wrong_place(const Directive& row) {
  std::vector<std::string_view> places;
  const auto add = [&](Context context, std::string_view place) {
    if (row.is_allowed_in(context)) places.push_back(place);
  };
  add(kServer, "outside of all sections");
  add(kVirtualHost, "in <VirtualHost>");
  add(kPath,
      row.kind == Kind::kSection ? "in <Directory>" : "in <Directory>, <Files> or <Location>");
  add(kInterpreter, "in <WSGIInterpreterOptions>");
  return {"it may not stand here", fmt::format("write it {}", fmt::join(places, ", or "))};
}

class SettingsReader {
 public:
  explicit SettingsReader(std::vector<Diagnostic>& errors, std::vector<Diagnostic>& warnings)
      : errors_(errors), warnings_(warnings) {}

  Settings read(const Tree& tree, const ReadOptions& options) {
    const auto given = last_statements(tree);
    settings_.server_root = server_root_of(given, options);
    for (const Directive& row : directives()) {
      if (!row.default_yields || !given.contains(&row)) store_default(row);
    }
    read_all(tree, kServer, settings_.main, settings_.main.paths, nullptr);
    name_formats();
    return std::move(settings_);
  }

 private:
  // Paths before the statement are seen from there too.
  static std::string server_root_of(const LastStatements& given, const ReadOptions& options) {
    const auto found = given.find(find_directive("ServerRoot"));
    if (found == given.end() || found->second->arguments.size() != 1) return options.server_root;
    return read_absolute_path(found->second->arguments[0]).value_or(options.server_root);
  }

  // A row's default has to be as valid as what users write: anything else is a broken table.
  void store_default(const Directive& row) {
    if (row.default_text.empty()) return;
    const auto words = read_words(row.default_text);
    const Statement statement{.name = std::string(row.name),
                              .arguments = words.value_or(Arguments{}),
                              .origin = {"default", 0},
                              .source = {},
                              .is_section = false,
                              .children = {}};
    const Scope scope = scope_of(statement, settings_.main, settings_.main.paths, nullptr);
    if (!words || !row.storage.store(row, *words, scope)) std::abort();
  }

  Scope scope_of(const Statement& statement, Host& host, PathSettings& paths,
                 const Section* section) {
    return {settings_, host, paths, section, statement, claims_, formats_[formats_here_],
            warnings_};
  }

  void read_all(const Tree& tree, Context context, Host& host, PathSettings& paths,
                Section* section) {
    const auto last = last_statements(tree);
    for (const Statement& statement : tree) {
      const std::size_t unbuilt = settings_.unbuilt.size();
      const Directive* row = find_directive(statement.name);
      const bool is_section_row = row != nullptr && row->kind == Kind::kSection;
      if (row == nullptr) {
        complain(statement, unknown_directive(statement.name, statement.is_section));
      } else if (is_section_row != statement.is_section) {
        complain(statement, {is_section_row ? "it is a section" : "it is not a section",
                             fmt::format("write {}", row->usage())});
      } else if (auto read = read_one(*row, statement, context, host, paths, section); !read) {
        complain(statement, std::move(read.error()));
      } else if (!row->is_repeatable && last.at(row) != &statement) {
        settings_.unbuilt.resize(unbuilt);  // a later statement says otherwise
      }
    }
  }

  Checked<void> read_one(const Directive& row, const Statement& statement, Context context,
                         Host& host, PathSettings& paths, Section* section) {
    // <Files> may stand in <Directory>, and no deeper.
    const bool is_nested = section != nullptr && statement.is_section;
    if (!row.is_allowed_in(context) || (is_nested && !can_hold(*section))) {
      return refuse(wrong_place(row));
    }
    const std::size_t count = statement.arguments.size();
    if (count < row.arity.minimum || count > row.arity.maximum) {
      return refuse(wrong_count(row, count));
    }
    const Scope scope = scope_of(statement, host, paths, section);
    if (!row.unbuilt.empty()) scope.note_unbuilt(row.unbuilt);
    if (statement.is_section) return read_section_of(row, statement, host, section);
    if (row.storage.store == nullptr) return {};
    return row.storage.store(row, statement.arguments, scope);
  }

  static bool can_hold(const Section& section) {
    return section.kind == Section::Kind::kDirectory ||
           section.kind == Section::Kind::kDirectoryMatch;
  }

  Checked<void> read_section_of(const Directive& row, const Statement& statement, Host& host,
                                Section* outer) {
    if (row.name == "VirtualHost") return read_host(statement);
    if (row.name == "WSGIInterpreterOptions") return check_interpreter(row, statement, host);
    auto section = read_section(row.name, statement.arguments);
    if (!section) return refuse(std::move(section.error()));
    section->origin = statement.origin;
    read_all(statement.children, kPath, host, section->settings, &*section);
    (outer != nullptr ? outer->files : host.sections).push_back(std::move(*section));
    return {};
  }

  // What it holds has to be right, and has no effect yet.
  Checked<void> check_interpreter(const Directive& row, const Statement& statement, Host& host) {
    PathSettings paths;
    const Settings kept = settings_;
    read_all(statement.children, kInterpreter, host, paths, nullptr);
    settings_ = kept;
    return row.storage.store(row, statement.arguments, scope_of(statement, host, paths, nullptr));
  }

  Checked<void> read_host(const Statement& statement) {
    Host host;
    host.origin = statement.origin;
    std::optional<Fault> fault;
    for (const std::string& argument : statement.arguments) {
      auto address = read_host_address(argument);
      if (address) {
        host.addresses.push_back(std::move(*address));
      } else if (!fault) {
        fault = std::move(address.error());
      }
    }
    formats_here_ = formats_.size();
    formats_.emplace_back();
    read_all(statement.children, kVirtualHost, host, host.paths, nullptr);
    formats_here_ = 0;
    settings_.virtual_hosts.push_back(std::move(host));
    if (fault) return refuse(std::move(*fault));
    return {};
  }

  // A name may be given after the log that uses it, and in the main server for all hosts.
  void name_formats() {
    const auto name = [](Host& host, const LogFormats& own, const LogFormats& inherited) {
      for (CustomLog& log : host.custom_logs) {
        const std::string written = log.format;
        for (const LogFormats* formats : {&inherited, &own}) {
          const auto found = formats->find(written);
          if (found != formats->end()) log.format = found->second;
        }
      }
    };
    name(settings_.main, formats_[0], formats_[0]);
    for (std::size_t i = 0; i < settings_.virtual_hosts.size(); ++i) {
      name(settings_.virtual_hosts[i], formats_[i + 1], formats_[0]);
    }
  }

  void complain(const Statement& statement, Fault fault) {
    const Directive* row = find_directive(statement.name);
    errors_.push_back({statement.origin, statement.source,
                       row != nullptr ? std::string(row->name) : statement.name, std::move(fault)});
  }

  std::vector<Diagnostic>& errors_;
  std::vector<Diagnostic>& warnings_;
  Settings settings_;
  std::map<std::string, Origin> claims_;
  std::vector<LogFormats> formats_ = std::vector<LogFormats>(1);  // main, then virtual hosts
  std::size_t formats_here_ = 0;                                  // whose are being read
};

// By file, in the order in which they were read, then by line; what a file that is included twice
// says twice is left in once.
void put_in_order(std::vector<Diagnostic>& diagnostics, const std::vector<std::string>& files) {
  std::map<std::string, std::size_t> order;
  for (const std::string& file : files) order.emplace(file, order.size());
  std::set<std::string> said;
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    return !said.insert(diagnostic.text()).second;
  });
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& one, const Diagnostic& other) {
                     return std::pair(order[one.origin.file], one.origin.line) <
                            std::pair(order[other.origin.file], other.origin.line);
                   });
}

class NoFiles final : public SourceFiles {
 public:
  Result<std::string> read(const std::string& path) const override { return fail(path); }
  Result<std::vector<std::string>> find(const std::string& /*path*/) const override {
    return std::vector<std::string>{};
  }
};

}  // namespace

tl::expected<Configuration, std::vector<Diagnostic>> read_configuration(
    std::string_view text, std::string_view file, const SourceFiles& files,
    const ReadOptions& options) {
  Reading reading = read_tree(text, file, files, options);
  Configuration configuration;
  configuration.warnings = std::move(reading.warnings);
  configuration.settings =
      SettingsReader(reading.errors, configuration.warnings).read(reading.tree, options);
  if (!reading.errors.empty()) {
    put_in_order(reading.errors, reading.files);
    return tl::unexpected(std::move(reading.errors));
  }
  put_in_order(configuration.warnings, reading.files);
  configuration.tree = std::move(reading.tree);
  return configuration;
}

tl::expected<Settings, std::vector<Diagnostic>> parse(std::string_view text,
                                                      std::string_view file) {
  return read_configuration(text, file, NoFiles(), {}).map([](Configuration&& configuration) {
    return std::move(configuration.settings);
  });
}

}  // namespace forkloom::config
