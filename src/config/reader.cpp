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

constexpr std::size_t kMostNesting = 20;   // of files, as in httpd
constexpr std::size_t kMostSections = 50;  // in each other; reading them takes stack

Model default_model() {
  const Directive* row = find_directive("MPM");
  return *model_of_module(row->default_text);
}

// What can be known of a line that cannot be read: its kind and its name.
Phrase broken_phrase(std::string_view line) {
  Phrase phrase;
  if (line.starts_with("</")) {
    phrase.kind = Phrase::Kind::kSectionEnd;
    line.remove_prefix(2);
  } else if (line.starts_with('<')) {
    phrase.kind = Phrase::Kind::kSectionStart;
    line.remove_prefix(1);
  }
  const auto end = std::find_if_not(line.begin(), line.end(), is_letter);
  phrase.name.assign(line.begin(), end);
  return phrase;
}

class TreeReader {
 public:
  TreeReader(const SourceFiles& files, const ReadOptions& options, Reading& reading)
      : files_(files),
        reading_(reading),
        circumstances_{Variables(options.defined), default_model()},
        server_root_(options.server_root) {}

  void read_file(std::string_view text, std::string_view file, Tree& into) {
    reading_.files.emplace_back(file);
    Source source{LineReader(text), std::string(file), {}, 0};
    read_block(source, nullptr, true, into);
  }

 private:
  struct Source {
    LineReader lines;
    std::string file;
    std::vector<std::string> open;  // names of the sections that are, in lower case
    // Blocks that end with the line that was read last, besides the innermost one: </VirtualHost>
    // ends a <Directory> in it that nothing closes.
    std::size_t ending = 0;
  };
  // A line on its way to a statement.
  struct Found {
    Phrase phrase;
    Origin origin;
    std::string text;
    bool is_broken = false;  // only the phrase's kind and name are known
  };

  // Up to the end of `section`, or of the file where it is nullptr. In a block that a condition
  // leaves out, only sections are followed.
  void read_block(Source& source, const Found* section, bool is_active, Tree& into) {
    while (const auto line = source.lines.next()) {
      Found found{{}, {source.file, line->number}, line->text};
      if (!read_line(line->text, is_active, found)) continue;
      switch (found.phrase.kind) {
        case Phrase::Kind::kSectionEnd:
          if (can_end(source, found, section)) return;
          break;
        case Phrase::Kind::kSectionStart:
          read_section(source, std::move(found), is_active, into);
          if (source.ending > 0) {
            --source.ending;
            return;
          }
          break;
        case Phrase::Kind::kDirective:
          if (is_active) take(std::move(found), source.open.size(), into);
          break;
      }
    }
    if (section != nullptr) {
      complain(*section, {"the section is never closed",
                          fmt::format("write </{}> where it ends", section->phrase.name)});
    }
  }

  // Whether there is a phrase to go on with. Of a section's line that cannot be read, that is its
  // name at least, so that its end finds its beginning.
  bool read_line(const std::string& line, bool is_active, Found& found) {
    std::vector<std::string> unknown;
    auto text = is_active ? circumstances_.variables.replace_in(line, unknown) : line;
    auto phrase = text.and_then([](const std::string& replaced) { return read_phrase(replaced); });
    found.is_broken = !phrase;
    found.phrase = phrase ? std::move(*phrase) : broken_phrase(line);
    const bool is_directive = found.phrase.kind == Phrase::Kind::kDirective;
    const bool is_end = found.phrase.kind == Phrase::Kind::kSectionEnd;
    if (!phrase && (is_active || is_end)) complain(found, std::move(phrase.error()));
    for (const std::string& name : unknown) {
      warn(found,
           {fmt::format("the variable {} is not defined: ${{{}}} stays as it is", name, name),
            "write Define, give -D NAME=VALUE, or set it in the environment"});
    }
    return !found.is_broken || (!is_directive && !found.phrase.name.empty());
  }

  void read_section(Source& source, Found found, bool is_active, Tree& into) {
    if (source.open.size() + sections_around_ == kMostSections) {
      complain(found, {fmt::format("sections stand {} deep in each other", kMostSections),
                       "take out those around it that are not needed"});
      return skip_section(source);
    }
    source.open.push_back(lower(found.phrase.name));
    read_contents(source, std::move(found), is_active, into);
    source.open.pop_back();
  }

  void read_contents(Source& source, Found found, bool is_active, Tree& into) {
    Tree children;
    if (!is_active || found.is_broken) return read_block(source, &found, false, children);
    if (const auto decided = condition(found.phrase.name, found.phrase.arguments, circumstances_)) {
      if (!*decided) complain(found, decided->error());
      return read_block(source, &found, decided->value_or(false), into);
    }
    read_block(source, &found, true, children);
    into.push_back({.name = std::move(found.phrase.name),
                    .arguments = std::move(found.phrase.arguments),
                    .origin = std::move(found.origin),
                    .source = std::move(found.text),
                    .is_section = true,
                    .children = std::move(children)});
  }

  // Up to the end of a section that has just begun, whatever it holds.
  static void skip_section(Source& source) {
    std::size_t depth = 1;
    while (depth > 0) {
      const auto line = source.lines.next();
      if (!line) return;
      if (line->text.starts_with("</")) {
        --depth;
      } else if (line->text.starts_with('<')) {
        ++depth;
      }
    }
  }

  void take(Found found, std::size_t open, Tree& into) {
    const std::string name = lower(found.phrase.name);
    if (name == "define") return define(found);
    if (name == "undefine") return undefine(found);
    if (name == "include") return include(found, false, open, into);
    if (name == "includeoptional") return include(found, true, open, into);
    if (name == "loadmodule") return load_module(found, into);
    if (name == "error") {
      const std::string text = fmt::format("{}", fmt::join(found.phrase.arguments, " "));
      return complain(found, {text.empty() ? "it has no text" : text,
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

  void include(const Found& found, bool is_optional, std::size_t open, Tree& into) {
    if (found.phrase.arguments.size() != 1) {
      return complain(found, {"it takes one file, folder or pattern", "write Include /PATH"});
    }
    // After the first complaint nothing is included: a file that includes itself twice would be
    // read a million times.
    if (is_too_deep_) return;
    if (depth_ == kMostNesting) {
      is_too_deep_ = true;
      return complain(found, {fmt::format("files are included {} deep", kMostNesting),
                              "take out the file that includes itself"});
    }
    std::string path = found.phrase.arguments[0];
    if (!path.starts_with('/')) {
      path.insert(0, server_root_.ends_with('/') ? server_root_ : server_root_ + '/');
    }
    const auto names = files_.find(path);
    if (!names) return complain(found, {names.error().message(), "name files that can be read"});
    if (names->empty() && !is_optional) {
      return complain(found, {fmt::format("there is no file {}", path),
                              "name one that exists, or write IncludeOptional"});
    }
    const std::size_t sections_here = sections_around_;
    sections_around_ += open;
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
    sections_around_ = sections_here;
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

  // Whether the line ends the innermost block, perhaps with some around it.
  bool can_end(Source& source, const Found& found, const Found* section) {
    const auto match =
        std::find(source.open.rbegin(), source.open.rend(), lower(found.phrase.name));
    const bool is_open = match != source.open.rend();
    if (section == nullptr) {
      complain(found, {"it ends a section that has not begun", "remove the line"});
    } else if (match != source.open.rbegin()) {
      complain(found, {fmt::format("the section that is open here is <{}> of line {}",
                                   section->phrase.name, section->origin.line),
                       fmt::format("write </{}>{}", section->phrase.name,
                                   is_open ? " first" : ", or remove the line")});
    }
    if (is_open) source.ending = static_cast<std::size_t>(match - source.open.rbegin());
    return is_open;
  }

  void complain(const Found& found, Fault fault) {
    reading_.errors.push_back(diagnostic(found, std::move(fault)));
  }
  void warn(const Found& found, Fault fault) {
    reading_.warnings.push_back(diagnostic(found, std::move(fault)));
  }
  static Diagnostic diagnostic(const Found& found, Fault fault) {
    const Directive* row = find_directive(found.phrase.name);
    return {found.origin, found.text, row != nullptr ? std::string(row->name) : found.phrase.name,
            std::move(fault)};
  }

  const SourceFiles& files_;
  Reading& reading_;
  Circumstances circumstances_;
  std::string server_root_;
  std::size_t depth_ = 0;            // of files
  std::size_t sections_around_ = 0;  // of this file
  bool is_too_deep_ = false;
};

}  // namespace

Reading read_tree(std::string_view text, std::string_view file, const SourceFiles& files,
                  const ReadOptions& options) {
  Reading reading;
  TreeReader(files, options, reading).read_file(text, file, reading.tree);
  return reading;
}

}  // namespace forkloom::config
