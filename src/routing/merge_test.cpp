#include "routing/merge.h"

#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

using config::ErrorDocument;
using config::FolderOptions;
using config::PathSettings;

// Sets every field. A new one does not compile until it is named here, and the assertion below
// fails until it is set.
PathSettings full() {
  PathSettings settings;
  auto& [require, options, directory_index, directory_slash, types, encodings, charsets,
         forced_type, default_charset, etag, enable_sendfile, expires_active, expires_default,
         expires_by_type, serves_precompressed, serves_hidden, limit_request_body, error_documents,
         environment, headers, redirects, allowed_process_groups, callable_object,
         pass_authorization, script_reloading, chunked_request, head_to_get, error_override,
         wsgi_sendfile, ignores_activity, trusted_proxy_headers, trusted_proxies] = settings;
  require.emplace().push_back({.kind = config::Requirement::Kind::kDenied, .networks = {}});
  options = {.is_absolute = true, .added = FolderOptions::kIndexes, .removed = 0};
  directory_index = {"index.html"};
  types = {{"css", "text/css"}};
  encodings = {{"gz", "gzip"}};
  charsets = {{"u8", "utf-8"}};
  forced_type = "text/plain";
  default_charset = "utf-8";
  etag = {.has_inode = true, .has_mtime = true, .has_size = true, .has_digest = true};
  expires_default = {.is_from_modification = true, .seconds = 5};
  expires_by_type = {{"image/*", {.is_from_modification = false, .seconds = 6}}};
  limit_request_body = 7;
  error_documents = {{404, {.kind = ErrorDocument::Kind::kLocal, .value = "/lost"}}};
  environment.emplace_back().name = "A";
  headers.emplace_back().name = "B";
  redirects.emplace_back().path = "/c";
  allowed_process_groups = {""};
  callable_object = "app";
  head_to_get = config::HeadToGet::kOff;
  trusted_proxy_headers = {"X-Forwarded-For"};
  trusted_proxies.emplace().emplace_back();
  for (auto* is_on : {&directory_slash, &enable_sendfile, &expires_active, &serves_precompressed,
                      &serves_hidden, &pass_authorization, &script_reloading, &chunked_request,
                      &error_override, &wsgi_sendfile, &ignores_activity}) {
    *is_on = true;
  }
  const PathSettings blank;
  const auto is_set = [](const auto& field, const auto& unset) { EXPECT_FALSE(field == unset); };
  is_set(require, blank.require);
  is_set(options, blank.options);
  is_set(directory_index, blank.directory_index);
  is_set(types, blank.types);
  is_set(encodings, blank.encodings);
  is_set(charsets, blank.charsets);
  is_set(forced_type, blank.forced_type);
  is_set(default_charset, blank.default_charset);
  is_set(etag, blank.etag);
  is_set(expires_default, blank.expires_default);
  is_set(expires_by_type, blank.expires_by_type);
  is_set(limit_request_body, blank.limit_request_body);
  is_set(error_documents, blank.error_documents);
  is_set(environment, blank.environment);
  is_set(headers, blank.headers);
  is_set(redirects, blank.redirects);
  is_set(allowed_process_groups, blank.allowed_process_groups);
  is_set(callable_object, blank.callable_object);
  is_set(head_to_get, blank.head_to_get);
  is_set(trusted_proxy_headers, blank.trusted_proxy_headers);
  is_set(trusted_proxies, blank.trusted_proxies);
  return settings;
}

TEST(Merge, NoFieldIsForgotten) {
  EXPECT_EQ(merged(PathSettings{}, full()), full());
  EXPECT_EQ(merged(full(), PathSettings{}), full());
}

TEST(Merge, TheInnerCounts) {
  PathSettings outer;
  outer.directory_slash = true;
  outer.limit_request_body = 7;
  outer.directory_index = {"a", "b"};
  PathSettings inner;
  inner.directory_slash = false;
  inner.directory_index.emplace();
  const PathSettings both = merged(outer, inner);
  EXPECT_EQ(both.directory_slash, false);
  EXPECT_EQ(both.limit_request_body, 7U);
  EXPECT_TRUE(both.directory_index->empty());
}

TEST(Merge, RequireIsReplaced) {
  using Kind = config::Requirement::Kind;
  PathSettings outer;
  outer.require = {{.kind = Kind::kDenied, .networks = {}}, {.kind = Kind::kLocal, .networks = {}}};
  PathSettings inner;
  inner.require = {{.kind = Kind::kGranted, .networks = {}}};
  EXPECT_EQ(merged(outer, inner).require, inner.require);
}

TEST(Merge, OptionsWithSignsChangeWhatSurroundsThem) {
  PathSettings outer;
  outer.options = {.is_absolute = true,
                   .added = FolderOptions::kIndexes | FolderOptions::kFollowSymLinks,
                   .removed = 0};
  PathSettings inner;
  inner.options = {.is_absolute = false,
                   .added = FolderOptions::kMultiViews,
                   .removed = FolderOptions::kIndexes};
  const FolderOptions both = merged(outer, inner).options.value();
  EXPECT_FALSE(both.has(FolderOptions::kIndexes));
  EXPECT_TRUE(both.has(FolderOptions::kFollowSymLinks));
  EXPECT_TRUE(both.has(FolderOptions::kMultiViews));

  inner.options = {.is_absolute = true, .added = FolderOptions::kIncludes, .removed = 0};
  EXPECT_EQ(merged(outer, inner).options, inner.options);
}

TEST(Merge, OptionsWithSignsAddUpToTheSameInAnyGrouping) {
  PathSettings a;
  PathSettings b;
  PathSettings c;
  a.options = {.is_absolute = true, .added = 1 | 2, .removed = 0};
  b.options = {.is_absolute = false, .added = 8, .removed = 1};
  c.options = {.is_absolute = false, .added = 1, .removed = 8};
  EXPECT_EQ(merged(merged(a, b), c).options->added, 1 | 2);
  EXPECT_EQ(merged(a, merged(b, c)).options->added, 1 | 2);
}

TEST(Merge, MapsAreLaidOverEachOther) {
  PathSettings outer;
  outer.types = {{"css", "text/css"}, {"js", "text/javascript"}};
  outer.error_documents = {{404, {.kind = ErrorDocument::Kind::kLocal, .value = "/lost"}}};
  PathSettings inner;
  inner.types = {{"js", "text/plain"}};
  inner.error_documents = {{404, {.kind = ErrorDocument::Kind::kDefault, .value = ""}}};
  const PathSettings both = merged(outer, inner);
  EXPECT_EQ(both.types.at("css"), "text/css");
  EXPECT_EQ(both.types.at("js"), "text/plain");
  EXPECT_EQ(both.error_documents.at(404).kind, ErrorDocument::Kind::kDefault);
}

TEST(Merge, ListsFollowEachOther) {
  PathSettings outer;
  outer.environment.emplace_back().name = "outer";
  outer.headers.emplace_back().name = "outer";
  outer.redirects.emplace_back().path = "/outer";
  PathSettings inner;
  inner.environment.emplace_back().name = "inner";
  inner.headers.emplace_back().name = "inner";
  inner.redirects.emplace_back().path = "/inner";
  const PathSettings both = merged(outer, inner);
  EXPECT_EQ(both.environment.front().name, "outer");
  EXPECT_EQ(both.headers.back().name, "inner");
  EXPECT_EQ(both.redirects.front().path, "/inner");
  EXPECT_EQ(both.redirects.back().path, "/outer");
}

}  // namespace
}  // namespace forkloom::routing
