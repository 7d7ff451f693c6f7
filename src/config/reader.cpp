#include "config/reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "config/conditions.h"
#include "config/directives.h"
#include "config/letters.h"
#include "config/modules.h"
#include "config/syntax.h"

namespace forkloom::config {
namespace {

constexpr std::size_t kMostNesting = 20;  // of files, as in httpd

Model default_model() {
  const Directive* row = find_directive("MPM");
  return *model_of_module(row->default_text);
}

class TreeReader {
 public:
  TreeReader(const SourceFiles& files, const ReadOptions& options, Reading& reading)
      : files_(files),
        reading_(reading),
        circumstances_{Variables(options.defined), default_model()},
        server_root_(options.server_root) {}

  void read_file(std::string_view text, std::string_view file, Tree& into) {
    Source source{LineReader(text), std::string(file)};
    read_block(source, nullptr, true, into);
  }

 private:
  struct Source {
    LineReader lines;
    std::string file;
  };
  // A line on its way to a statement.
  struct Found {
    Phrase phrase;
    Origin origin;
    std::string text;
  };

  // Up to the end of `section`, or of the file where it is nullptr. In a block that a condition
  // leaves out, only sections are followed.
  void read_block(Source& source, const Found* section, bool is_active, Tree& into) {
    while (const auto line = source.lines.next()) {
      const Origin origin{source.file, line->number};
      std::vector<std::string> unknown;
      const std::string text =
          is_active ? circumstances_.variables.replace_in(line->text, unknown) : line->text;
      auto phrase = read_phrase(text);
      if (!phrase) {
        if (is_active) complain(origin, line->text, "", std::move(phrase.error()));
        continue;
      }
      Found found{std::move(*phrase), origin, line->text};
      for (const std::string& name : unknown) {
        warn(found,
             {fmt::format("the variable {} is not defined: ${{{}}} stays as it is", name, name),
              "write Define, give -D NAME=VALUE, or set it in the environment"});
      }
      switch (found.phrase.kind) {
        case Phrase::Kind::kSectionEnd:
          if (section != nullptr && lower(found.phrase.name) == lower(section->phrase.name)) return;
          complain_of_end(found, section, is_active);
          break;
        case Phrase::Kind::kSectionStart:
          read_section(source, std::move(found), is_active, into);
          break;
        case Phrase::Kind::kDirective:
          if (is_active) take(std::move(found), into);
          break;
      }
    }
    if (section != nullptr) {
      complain(section->origin, section->text, section->phrase.name,
               {"the section is never closed",
                fmt::format("write </{}> where it ends", section->phrase.name)});
    }
  }

  void read_section(Source& source, Found found, bool is_active, Tree& into) {
    Tree children;
    if (!is_active) return read_block(source, &found, false, children);
    if (const auto decided = condition(found.phrase.name, found.phrase.arguments, circumstances_)) {
      if (!*decided) complain(found.origin, found.text, found.phrase.name, decided->error());
      read_block(source, &found, decided->value_or(false), into);
      return;
    }
    read_block(source, &found, true, children);
    into.push_back({.name = std::move(found.phrase.name),
                    .arguments = std::move(found.phrase.arguments),
                    .origin = std::move(found.origin),
                    .source = std::move(found.text),
                    .is_section = true,
                    .children = std::move(children)});
  }

  void take(Found found, Tree& into) {
    const std::string name = lower(found.phrase.name);
    if (name == "define") return define(found);
    if (name == "undefine") return undefine(found);
    if (name == "include") return include(found, false, into);
    if (name == "includeoptional") return include(found, true, into);
    if (name == "loadmodule") return load_module(found, into);
    if (name == "error") {
      return complain(found, {fmt::format("{}", fmt::join(found.phrase.arguments, " ")),
                              "the configuration itself asks to stop here"});
    }
    const std::vector<std::string>& arguments = found.phrase.arguments;
    if (name == "mpm" && arguments.size() == 1) {
      if (const auto model = model_of_module(arguments[0])) circumstances_.model = *model;
    }
    if (name == "serverroot" && arguments.size() == 1 && arguments[0].starts_with('/')) {
      server_root_ = arguments[0];
    }
    into.push_back({.name = std::move(found.phrase.name),
                    .arguments = std::move(found.phrase.arguments),
                    .origin = std::move(found.origin),
                    .source = std::move(found.text),
                    .is_section = false,
                    .children = {}});
  }

  void define(const Found& found) {
    const auto& arguments = found.phrase.arguments;
    if (arguments.empty() || arguments.size() > 2 || arguments[0].empty()) {
      return complain(found, {"it takes a name and, where one is wanted, a value",
                              "write Define NAME or Define NAME VALUE"});
    }
    if (arguments[0].find_first_of(":}") != std::string::npos) {
      return complain(found, {fmt::format("'{}' cannot be a variable's name", arguments[0]),
                              "leave out : and }"});
    }
    circumstances_.variables.define(arguments[0], arguments.size() == 2 ? arguments[1] : "");
  }

  void undefine(const Found& found) {
    if (found.phrase.arguments.size() != 1) {
      return complain(found, {"it takes one name", "write UnDefine NAME"});
    }
    circumstances_.variables.undefine(found.phrase.arguments[0]);
  }

  void include(const Found& found, bool is_optional, Tree& into) {
    if (found.phrase.arguments.size() != 1) {
      return complain(found, {"it takes one file, folder or pattern", "write Include /PATH"});
    }
    if (depth_ == kMostNesting) {
      return complain(found, {fmt::format("files are included {} deep", kMostNesting),
                              "take out the file that includes itself"});
    }
    std::string path = found.phrase.arguments[0];
    if (!path.starts_with('/')) path = fmt::format("{}/{}", server_root_, path);
    const auto names = files_.find(path);
    if (!names) return complain(found, {names.error().message(), "name files that can be read"});
    if (names->empty() && !is_optional) {
      return complain(found, {fmt::format("there is no file {}", path),
                              "name one that exists, or write IncludeOptional"});
    }
    for (const std::string& name : *names) {
      const auto text = files_.read(name);
      if (!text) {
        complain(found, {text.error().message(), "name files that can be read"});
        continue;
      }
      ++depth_;
      read_file(*text, name, into);
      --depth_;
    }
  }

  void load_module(const Found& found, Tree& into) {
    const auto& arguments = found.phrase.arguments;
    if (arguments.empty() || arguments.size() > 2) {
      return complain(found, {"it takes a module's name and its file",
                              "write LoadModule alias_module modules/mod_alias.so"});
    }
    if (const auto model = model_of_module(arguments[0])) {
      circumstances_.model = *model;
      into.push_back({.name = "MPM",
                      .arguments = {std::string(model_name(*model))},
                      .origin = found.origin,
                      .source = found.text,
                      .is_section = false,
                      .children = {}});
      return;
    }
    if (is_built_in(arguments[0])) return;
    warn(found, {fmt::format("the module {} is not part of Forkloom", arguments[0]),
                 fmt::format("{} will be missing", purpose_of(arguments[0]))});
  }

  void complain_of_end(const Found& found, const Found* section, bool is_active) {
    if (!is_active) return;
    if (section == nullptr) {
      return complain(found, {"it ends a section that has not begun", "remove the line"});
    }
    complain(found, {fmt::format("the section that is open here is <{}> of line {}",
                                 section->phrase.name, section->origin.line),
                     fmt::format("write </{}> first", section->phrase.name)});
  }

  void complain(const Found& found, Fault fault) {
    complain(found.origin, found.text, found.phrase.name, std::move(fault));
  }
  void complain(const Origin& origin, const std::string& text, const std::string& name,
                Fault fault) {
    reading_.errors.push_back({origin, text, name, std::move(fault)});
  }
  void warn(const Found& found, Fault fault) {
    reading_.warnings.push_back({found.origin, found.text, found.phrase.name, std::move(fault)});
  }

  const SourceFiles& files_;
  Reading& reading_;
  Circumstances circumstances_;
  std::string server_root_;
  std::size_t depth_ = 0;
};

}  // namespace

Reading read_tree(std::string_view text, std::string_view file, const SourceFiles& files,
                  const ReadOptions& options) {
  Reading reading;
  TreeReader(files, options, reading).read_file(text, file, reading.tree);
  return reading;
}

}  // namespace forkloom::config
