#pragma once

// What a configuration says of one host and of one path. Every part may be left unsaid: a virtual
// host inherits from the main server, a path from what surrounds it (routing/merge.h). Immutable
// once read, safe from any thread. Defaults stand in the directive table alone
// (config/directives.h), which has stored them in the main server.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/pattern.h"
#include "base/time.h"

namespace forkloom::config {

// Where a statement stands: a file, or the command-line option that stands for it.
struct Origin {
  std::string file;
  std::size_t line = 0;      // from 1; 0 where there are no lines
  std::string text() const;  // "file:line"
  bool operator==(const Origin&) const = default;
};

// ---- of a path: <Directory>, <Files>, <Location>, and outside of them

// Require. Several in one section: any of them grants.
struct Requirement {
  enum class Kind : std::uint8_t { kGranted, kDenied, kAddress, kLocal };
  // Numeric network with the bits that count, 128 bits; IPv4 as ::ffff:a.b.c.d.
  struct Network {
    std::array<std::uint8_t, 16> address{};
    std::uint8_t prefix_bits = 128;
    bool operator==(const Network&) const = default;
  };
  Kind kind = Kind::kGranted;
  std::vector<Network> networks;  // kAddress
  bool operator==(const Requirement&) const = default;
};

// Options, with Apache's + and -.
struct FolderOptions {
  enum Option : std::uint8_t {
    kIndexes = 1,
    kFollowSymLinks = 2,
    kSymLinksIfOwnerMatch = 4,
    kExecCgi = 8,
    kMultiViews = 16,
    kIncludes = 32,
  };
  bool is_absolute = false;  // replaces what is inherited by `added`
  std::uint8_t added = 0;
  std::uint8_t removed = 0;
  bool has(Option option) const { return (added & option) != 0; }
  bool operator==(const FolderOptions&) const = default;
};

// FileETag: what the tag is made of.
struct ETagParts {
  bool has_inode = false;
  bool has_mtime = false;
  bool has_size = false;
  bool has_digest = false;
  bool operator==(const ETagParts&) const = default;
};

// ExpiresDefault and ExpiresByType.
struct Expiry {
  bool is_from_modification = false;  // else from the access
  std::int64_t seconds = 0;
  bool operator==(const Expiry&) const = default;
};

struct ErrorDocument {
  enum class Kind : std::uint8_t {
    kText,      // the body itself
    kLocal,     // a path of this host, beginning with "/"
    kExternal,  // a URL to redirect to
    kDefault,   // the server's own words
  };
  Kind kind = Kind::kDefault;
  std::string value;
  bool operator==(const ErrorDocument&) const = default;
};

// SetEnv, UnsetEnv, PassEnv, SetEnvIf and its kin: all of them, in the order in which they apply.
struct EnvironmentRule {
  enum class Subject : std::uint8_t {
    kAlways,         // SetEnv, UnsetEnv: after all conditional ones, as in Apache
    kField,          // a request field, `name`, or else an earlier variable
    kRemoteHost,     // Remote_Host, Remote_Addr: the client's address
    kServerAddress,  // Server_Addr
    kMethod,         // Request_Method
    kProtocol,       // Request_Protocol: "HTTP/1.1"
    kUri,            // Request_URI: the path as received
  };
  struct Action {
    std::string variable;
    std::optional<std::string> value;  // nullopt: remove it. $1... of the pattern in kField etc.
    bool operator==(const Action&) const = default;
  };
  Subject subject = Subject::kAlways;
  std::string name;                // of kField
  std::optional<Pattern> pattern;  // of the subject's value; matches a missing value as ""
  std::vector<Action> actions;
  bool operator==(const EnvironmentRule&) const = default;
};

// Header. `value` may hold Apache's %t, %D, %{NAME}e, %{NAME}i and %%.
struct HeaderEdit {
  enum class Action : std::uint8_t { kSet, kAppend, kAdd, kMerge, kSetIfEmpty, kUnset };
  bool is_always = false;  // "always": errors of the server's own too
  Action action = Action::kSet;
  std::string name;
  std::string value;
  std::string variable;        // env=NAME, "" for no condition
  bool wants_variable = true;  // false: env=!NAME
  bool operator==(const HeaderEdit&) const = default;
};

// Redirect and RedirectMatch.
struct Redirect {
  int status = 302;
  std::string path;                // URL path prefix; what follows it is appended
  std::optional<Pattern> pattern;  // RedirectMatch, instead of path
  std::string target;              // URL, or a path of this host; "" where the status has none
  bool operator==(const Redirect&) const = default;
};

enum class HeadToGet : std::uint8_t { kAuto, kOn, kOff };

struct PathSettings {
  std::optional<std::vector<Requirement>> require;

  // Files. Extensions are without the dot, in lower case.
  std::optional<FolderOptions> options;
  std::optional<std::vector<std::string>> directory_index;  // empty: disabled
  std::optional<bool> directory_slash;
  std::map<std::string, std::string> types;      // AddType: extension to media type
  std::map<std::string, std::string> encodings;  // AddEncoding: extension to coding
  std::map<std::string, std::string> charsets;   // AddCharset: extension to charset
  std::optional<std::string> forced_type;        // ForceType; "" for none
  std::optional<std::string> default_charset;    // AddDefaultCharset; "" for none
  std::optional<ETagParts> etag;
  std::optional<bool> enable_sendfile;
  std::optional<bool> expires_active;
  std::optional<Expiry> expires_default;
  std::map<std::string, Expiry> expires_by_type;  // "text/css", "image/*"
  std::optional<bool> serves_precompressed;       // ForkloomPrecompressed
  std::optional<bool> serves_hidden;              // ForkloomHiddenFiles

  // Requests and answers.
  std::optional<std::uint64_t> limit_request_body;  // bytes; 0: no limit
  std::map<int, ErrorDocument> error_documents;     // by status
  std::vector<EnvironmentRule> environment;
  std::vector<HeaderEdit> headers;
  std::vector<Redirect> redirects;

  // WSGI.
  std::optional<std::vector<std::string>> allowed_process_groups;  // WSGIRestrictProcess
  std::optional<std::string> callable_object;
  std::optional<bool> pass_authorization;
  std::optional<bool> script_reloading;
  std::optional<bool> chunked_request;
  std::optional<HeadToGet> head_to_get;
  std::optional<bool> error_override;
  std::optional<bool> wsgi_sendfile;
  std::optional<bool> ignores_activity;
  std::optional<std::vector<std::string>> trusted_proxy_headers;  // as written
  std::optional<std::vector<Requirement::Network>> trusted_proxies;

  bool operator==(const PathSettings&) const = default;
};

// <Directory>, <Location>, <Files> and their Match forms.
struct Section {
  enum class Kind : std::uint8_t {
    kDirectory,       // file path, with wildcards; "/srv" matches it and all below it
    kDirectoryMatch,  // file path, by pattern
    kFiles,           // the file's name, with wildcards
    kFilesMatch,
    kLocation,  // URL path, with wildcards; "/app" matches it and all below it
    kLocationMatch,
  };
  Kind kind = Kind::kLocation;
  std::string path;                // without trailing slash, unless "/"
  std::optional<Pattern> pattern;  // of the Match forms
  PathSettings settings;
  std::vector<Section> files;  // <Files> and <FilesMatch> within a <Directory>
  Origin origin;
  bool operator==(const Section&) const = default;
};

// ---- of a host

// Alias, AliasMatch, WSGIScriptAlias, WSGIScriptAliasMatch, ForkloomApplication: of folders the
// first that fits counts, then of applications.
struct Mapping {
  enum class Kind : std::uint8_t {
    kFolder,  // Alias: files below target
    kScript,  // WSGIScriptAlias: target is a script, or a folder of scripts
    kModule,  // ForkloomApplication
  };
  Kind kind = Kind::kFolder;
  std::string url;                 // prefix as written: "/", "/static", "/static/"
  std::optional<Pattern> pattern;  // of the Match forms, instead of url
  std::string target;              // path (with $1 of a pattern), or module name
  std::string callable;            // "" for what WSGICallableObject says
  bool is_factory = false;
  std::string process_group;  // of the alias's own options; "" where not given
  std::optional<std::string> application_group;
  std::optional<bool> pass_authorization;
  Origin origin;
  bool operator==(const Mapping&) const = default;
};

struct CustomLog {
  std::string path;      // absolute, or "-"
  std::string format;    // LogFormat string, or the name common, combined, json
  std::string variable;  // env=NAME, "" for every request
  bool wants_variable = true;
  Origin origin;
  bool operator==(const CustomLog&) const = default;
};

// An argument of <VirtualHost>.
struct HostAddress {
  std::string host;        // numeric without brackets; "" for any ("*", "_default_")
  std::uint16_t port = 0;  // 0 for any
  bool operator==(const HostAddress&) const = default;
};

// Seconds without traffic rules of RequestReadTimeout: at least `initial` seconds; with min_rate
// (bytes/s) each min_rate bytes received give one more second, up to `maximum` (0: no maximum).
struct ReadTimeout {
  seconds initial{0};  // 0: unlimited
  seconds maximum{0};
  std::uint32_t min_rate = 0;
  bool operator==(const ReadTimeout&) const = default;
};

enum class EncodedSlashes : std::uint8_t { kRefuse, kDecode, kKeep };

// The main server, or a virtual host.
struct Host {
  std::vector<HostAddress> addresses;  // none for the main server
  std::optional<std::string> name;     // ServerName without port and scheme
  std::uint16_t port = 0;              // of ServerName; 0 where it has none
  std::string scheme;                  // of ServerName; "" where it has none
  std::vector<std::string> aliases;    // ServerAlias, with * and ?
  std::optional<std::string> admin;
  std::optional<std::string> document_root;
  std::optional<bool> uses_canonical_name;
  std::optional<EncodedSlashes> encoded_slashes;

  std::optional<std::string> error_log;  // path, or "-" for standard error
  std::optional<Level> log_level;
  std::vector<CustomLog> custom_logs;

  // Of a connection: those of the first host of its address.
  std::optional<std::uint32_t> limit_request_line;        // bytes
  std::optional<std::uint32_t> limit_request_fields;      // 0: unlimited
  std::optional<std::uint32_t> limit_request_field_size;  // bytes
  std::optional<ReadTimeout> header_read_timeout;
  std::optional<ReadTimeout> body_read_timeout;
  std::optional<seconds> timeout;
  std::optional<bool> keep_alive;
  std::optional<seconds> keep_alive_timeout;
  std::optional<std::uint32_t> max_keep_alive_requests;  // 0: unlimited

  std::vector<Mapping> mappings;
  PathSettings paths;  // of all of its paths
  std::vector<Section> sections;
  Origin origin;
  bool operator==(const Host&) const = default;
};

}  // namespace forkloom::config
