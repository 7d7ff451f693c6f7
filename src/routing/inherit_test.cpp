#include <gtest/gtest.h>

#include "routing/merge.h"

namespace forkloom::routing {
namespace {

using config::Host;

Host full() {
  Host host;
  // A new field does not compile until it is named here.
  auto& [addresses, name, port, scheme, aliases, admin, document_root, uses_canonical_name,
         encoded_slashes, error_log, log_level, custom_logs, limit_request_line,
         limit_request_fields, limit_request_field_size, header_read_timeout, body_read_timeout,
         timeout, keep_alive, keep_alive_timeout, max_keep_alive_requests, mappings, paths,
         sections, origin] = host;
  name = "example.org";
  port = 8443;
  scheme = "https";
  admin = "root@example.org";
  document_root = "/srv/www";
  uses_canonical_name = true;
  encoded_slashes = config::EncodedSlashes::kKeep;
  error_log = "/var/log/errors";
  log_level = Level::kInfo;
  custom_logs.emplace_back().path = "/var/log/access";
  limit_request_line = 1;
  limit_request_fields = 2;
  limit_request_field_size = 3;
  header_read_timeout.emplace().initial = seconds(4);
  body_read_timeout.emplace().initial = seconds(5);
  timeout = seconds(6);
  keep_alive = false;
  keep_alive_timeout = seconds(7);
  max_keep_alive_requests = 8;
  mappings.emplace_back().url = "/main";
  paths.callable_object = "app";
  sections.emplace_back().path = "/main";
  return host;
}

TEST(Inheritance, WhatAVirtualHostDoesNotSayItTakesFromTheMainServer) {
  EXPECT_EQ(inherited(full(), Host{}), full());
}

TEST(Inheritance, WithoutAServerNameAVirtualHostIsOnThePortOfItsAddress) {
  Host own;
  own.addresses = {{"", 8081}, {"", 8082}};
  const Host host = inherited(full(), own);
  EXPECT_EQ(host.name, "example.org");
  EXPECT_EQ(host.port, 8081);
  EXPECT_EQ(host.scheme, "https");
  own.addresses = {{"192.0.2.1", 0}};
  EXPECT_EQ(inherited(full(), own).port, 8443);
  own.name = "own.org";
  own.addresses = {{"", 8081}};
  EXPECT_EQ(inherited(full(), own).port, 0);
}

TEST(Inheritance, WhatAVirtualHostSaysCounts) {
  EXPECT_EQ(inherited(Host{}, full()), full());
  Host own;
  own.name = "other.org";
  own.timeout = seconds(60);
  own.custom_logs.emplace_back().path = "/var/log/own";
  own.paths.callable_object = "own";
  const Host host = inherited(full(), own);
  EXPECT_EQ(host.name, "other.org");
  EXPECT_EQ(host.port, 0);
  EXPECT_EQ(host.scheme, "");
  EXPECT_EQ(host.timeout, seconds(60));
  EXPECT_EQ(host.custom_logs, own.custom_logs);
  EXPECT_EQ(host.paths.callable_object, "own");
}

TEST(Inheritance, AddressesAliasesAndOriginAreAHostsOwn) {
  Host main;
  main.addresses.push_back({.host = "192.0.2.1", .port = 80});
  main.aliases = {"www.example.org"};
  main.origin = {.file = "site.conf", .line = 3};
  const Host host = inherited(main, Host{});
  EXPECT_TRUE(host.addresses.empty());
  EXPECT_TRUE(host.aliases.empty());
  EXPECT_EQ(host.origin, config::Origin{});
}

TEST(Inheritance, OwnMappingsComeFirstAndOwnSectionsLast) {
  Host own;
  own.mappings.emplace_back().url = "/own";
  own.sections.emplace_back().path = "/own";
  const Host host = inherited(full(), own);
  ASSERT_EQ(host.mappings.size(), 2U);
  EXPECT_EQ(host.mappings[0].url, "/own");
  EXPECT_EQ(host.mappings[1].url, "/main");
  ASSERT_EQ(host.sections.size(), 2U);
  EXPECT_EQ(host.sections[0].path, "/main");
  EXPECT_EQ(host.sections[1].path, "/own");
}

}  // namespace
}  // namespace forkloom::routing
