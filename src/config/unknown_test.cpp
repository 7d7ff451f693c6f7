#include "config/unknown.h"

#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

TEST(UnknownDirective, OfHttpdIsToldWhatToWriteInstead) {
  expect_sayings({
      {"SSLEngine On",
       "SSLEngine: httpd's mod_ssl has this directive, Forkloom does not: put a server that speaks "
       "TLS before this one, and WSGITrustedProxies here"},
      {"rewriterule a b",
       "rewriterule: httpd's mod_rewrite has this directive, Forkloom does not: write Redirect, "
       "RedirectMatch or AliasMatch where that is enough"},
      {"Order allow,deny",
       "Order: httpd's mod_access_compat has this directive, Forkloom does not: write Require all "
       "granted or Require all denied"},
      {"ScriptAlias /cgi-bin/ /usr/lib/cgi-bin/",
       "ScriptAlias: httpd's mod_alias has this directive, Forkloom does not: write "
       "WSGIScriptAlias for a WSGI application; CGI scripts are not run"},
      {"RequestHeader set A b",
       "RequestHeader: httpd's mod_headers has this directive, Forkloom does not: write SetEnv for "
       "what applications are to see"},
      {"DeflateCompressionLevel 9",
       "DeflateCompressionLevel: httpd's mod_deflate has this directive, Forkloom does not: remove "
       "the line: Forkloom lacks compression of answers"},
      {"ProxyPass / http://x/",
       "ProxyPass: httpd's mod_proxy has this directive, Forkloom does not: remove the line: "
       "Forkloom lacks proxying to other servers"},
      {"AuthType Basic",
       "AuthType: httpd's mod_authn_core has this directive, Forkloom does not: remove the line: "
       "Forkloom lacks passwords asked for by the server"},
      {"CacheEnable disk",
       "CacheEnable: httpd's mod_cache has this directive, Forkloom does not: remove the line: "
       "Forkloom lacks a cache of answers"},
  });
}

TEST(UnknownDirective, ThatIsMisspeltGetsTheNearestName) {
  expect_sayings({
      {"Listne 80", "Listne: there is no such directive: write Listen if that is meant"},
      {"ThreadPerChild 5",
       "ThreadPerChild: there is no such directive: write ThreadsPerChild if that is meant"},
      {"WSGIScriptAlais / /a",
       "WSGIScriptAlais: there is no such directive: write WSGIScriptAlias if that is meant"},
      {"Directry /a", "Directry: there is no such directive: write <Directory> if that is meant"},
      {"Xyzzy", "Xyzzy: there is no such directive: remove the line"},
  });
}

TEST(UnknownSection, IsToldLikewise) {
  EXPECT_EQ(said_of("<Loction /a>\n</Loction>"),
            "x:1: Loction: there is no such section: write <Location> if that is meant\n"
            "    <Loction /a>\n");
  EXPECT_EQ(said_of("<RequireAll>\nRequire local\n</RequireAll>"),
            "x:1: RequireAll: httpd's mod_authz_core has this section, Forkloom does not: write "
            "one Require that says it all\n    <RequireAll>\n");
  EXPECT_EQ(said_of("<If \"true\">\n</If>"),
            "x:1: If: httpd has this section, Forkloom does not: write <Location>, <Files> or "
            "SetEnvIf\n    <If \"true\">\n");
}

}  // namespace
}  // namespace forkloom::config
