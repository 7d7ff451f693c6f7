#include "config/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using Kind = Mapping::Kind;

Mapping mapping_of(std::string_view line) {
  const Settings settings = settings_of(line, {}, {.defined = {}, .server_root = "/srv"});
  EXPECT_EQ(settings.main.mappings.size(), 1U) << line;
  return settings.main.mappings.at(0);
}

Redirect redirect_of(std::string_view line) {
  const Settings settings = settings_of(line);
  EXPECT_EQ(settings.main.paths.redirects.size(), 1U) << line;
  return settings.main.paths.redirects.at(0);
}

TEST(Alias, LeadsToAFolder) {
  EXPECT_EQ(mapping_of("Alias /static /srv/static"), (Mapping{.kind = Kind::kFolder,
                                                              .url = "/static",
                                                              .pattern = {},
                                                              .target = "/srv/static",
                                                              .callable = {},
                                                              .is_factory = false,
                                                              .process_group = {},
                                                              .application_group = {},
                                                              .pass_authorization = {},
                                                              .origin = {"x", 1}}));
  EXPECT_EQ(mapping_of("Alias \"/a b\" static").url, "/a b");
  EXPECT_EQ(mapping_of("Alias /a static").target, "/srv/static");
  const Mapping match = mapping_of("AliasMatch ^/(.*)\\.x$ files/$1");
  EXPECT_EQ(match.pattern->text(), "^/(.*)\\.x$");
  EXPECT_EQ(match.target, "/srv/files/$1");
  EXPECT_EQ(match.url, "");
}

TEST(WsgiScriptAlias, LeadsToAScriptWithItsOptions) {
  const Mapping plain = mapping_of("WSGIScriptAlias / app.wsgi");
  EXPECT_EQ(plain.kind, Kind::kScript);
  EXPECT_EQ(plain.target, "/srv/app.wsgi");
  EXPECT_EQ(plain.callable, "");
  EXPECT_EQ(plain.application_group, std::nullopt);
  const Mapping full = mapping_of(
      "WSGIScriptAlias / /a process-group=site Application-Group=%{GLOBAL} "
      "callable-object=make() pass-authorization=on");
  EXPECT_EQ(full.process_group, "site");
  EXPECT_EQ(full.application_group, "");
  EXPECT_EQ(full.callable, "make");
  EXPECT_TRUE(full.is_factory);
  EXPECT_EQ(full.pass_authorization, true);
  EXPECT_EQ(mapping_of("WSGIScriptAliasMatch ^/(a|b) /s/$1.wsgi").pattern->text(), "^/(a|b)");
}

TEST(ForkloomApplication, LeadsToAModule) {
  const Mapping shop = mapping_of("ForkloomApplication /shop shop.web:make()");
  EXPECT_EQ(shop.kind, Kind::kModule);
  EXPECT_EQ(shop.target, "shop.web");
  EXPECT_EQ(shop.callable, "make");
  EXPECT_TRUE(shop.is_factory);
  EXPECT_EQ(mapping_of("ForkloomApplication / my-app").target, "my-app");
  EXPECT_EQ(mapping_of("ForkloomApplication / a:b.c").callable, "b.c");
}

TEST(Mappings, KeepTheOrderOfTheFileWhateverTheirKind) {
  const Settings settings = settings_of(
      "Alias /c /c\nWSGIScriptAlias / /a.wsgi\nForkloomApplication /b b\nAlias /d /d\n"
      "<VirtualHost *>\nAlias /e /e\n</VirtualHost>");
  std::string urls;
  for (const Mapping& mapping : settings.main.mappings) urls += mapping.url + " ";
  EXPECT_EQ(urls, "/c / /b /d ");
  EXPECT_EQ(settings.virtual_hosts.at(0).mappings.at(0).url, "/e");
}

TEST(Mappings, SayWhatIsWrong) {
  expect_sayings({
      {"Alias /a", "Alias: it takes 2 arguments, not 1: write Alias URL-PATH PATH"},
      {"Alias static /srv",
       "Alias: the URL path 'static' does not begin with /: write / for the whole site, or a "
       "prefix like /app"},
      {"Alias /a/../b /srv",
       "Alias: the URL path '/a/../b' has empty, . or .. segments: write the path that remains "
       "when a browser resolves them"},
      {"Alias //a /srv",
       "Alias: the URL path '//a' has empty, . or .. segments: write the path that remains when a "
       "browser resolves them"},
      {"Alias /a?b /srv",
       "Alias: the URL path '/a?b' has a character that no path has: write it decoded, without ? # "
       "% and control characters"},
      {"Alias /a/ /srv/a",
       "warning: Alias: '/a/' ends with / and '/srv/a' does not: write both with a slash at the "
       "end, or both without"},
      {R"(Alias /a "")", "Alias: the path is empty: write a folder's path"},
      {"AliasMatch ( /srv",
       "AliasMatch: the pattern '(' cannot be read: missing closing parenthesis at character 2: "
       "write a regular expression in Perl's language"},
      {R"(WSGIScriptAlias / "")",
       "WSGIScriptAlias: the script's path is empty: write a file's path"},
      {"WSGIScriptAlias / /a.wsgi colour=red",
       "WSGIScriptAlias: 'colour=red' is not an option: write process-group=, application-group=, "
       "callable-object= or pass-authorization="},
      {"WSGIScriptAlias / /a.wsgi process-group=",
       "WSGIScriptAlias: 'process-group=' is not an option with a value: write process-group=, "
       "application-group=, callable-object= or pass-authorization="},
      {"WSGIScriptAlias / /a.wsgi pass-authorization=maybe",
       "WSGIScriptAlias: 'maybe' is not known: write On or Off"},
      {"WSGIScriptAlias / /a.wsgi callable-object=a-b",
       "WSGIScriptAlias: 'a-b' is not the name of a callable: write a Python name like "
       "application, or create_app() for a factory"},
      {"WSGIScriptAliasMatch ) /a.wsgi",
       "WSGIScriptAliasMatch: the pattern ')' cannot be read: unmatched closing parenthesis at "
       "character 1: write a regular expression in Perl's language"},
      {"ForkloomApplication shop shop",
       "ForkloomApplication: the URL path 'shop' does not begin with /: write / for the whole "
       "site, or a prefix like /app"},
      {"ForkloomApplication / 1shop",
       "ForkloomApplication: '1shop' is not a module's name: write MODULE, MODULE:CALLABLE or "
       "MODULE:FACTORY(), with dots between packages"},
      {"ForkloomApplication / shop:",
       "ForkloomApplication: '' is not the name of a callable: write a Python name like "
       "application, or create_app() for a factory"},
  });
}

TEST(Redirect, HasAStatusAPathAndAnAddress) {
  EXPECT_EQ(redirect_of("Redirect /a /b"), (Redirect{302, "/a", {}, "/b"}));
  EXPECT_EQ(redirect_of("Redirect permanent /a https://b/"),
            (Redirect{301, "/a", {}, "https://b/"}));
  EXPECT_EQ(redirect_of("Redirect Temp /a /b").status, 302);
  EXPECT_EQ(redirect_of("Redirect seeother /a /b").status, 303);
  EXPECT_EQ(redirect_of("Redirect 307 /a /b").status, 307);
  EXPECT_EQ(redirect_of("Redirect gone /a"), (Redirect{410, "/a", {}, ""}));
  EXPECT_EQ(redirect_of("Redirect 404 /a"), (Redirect{404, "/a", {}, ""}));
  EXPECT_EQ(redirect_of("RedirectPermanent /a /b").status, 301);
  EXPECT_EQ(redirect_of("RedirectTemp /a /b").status, 302);
  const Redirect match = redirect_of("RedirectMatch 308 ^/old/(.*)$ /new/$1");
  EXPECT_EQ(match.status, 308);
  EXPECT_EQ(match.pattern->text(), "^/old/(.*)$");
  EXPECT_EQ(match.target, "/new/$1");
  EXPECT_EQ(redirect_of("RedirectMatch gone \\.php$").target, "");
}

TEST(Redirect, HasThePathOfItsSectionWhereItNamesNone) {
  const Settings settings = settings_of(
      "<Location /a>\nRedirect https://b/\n</Location>\n<Location /c>\nRedirect gone\n</Location>\n"
      "<Location /d>\nRedirect permanent /e /f\n</Location>");
  EXPECT_EQ(settings.main.sections.at(0).settings.redirects.at(0),
            (Redirect{302, "/a", {}, "https://b/"}));
  EXPECT_EQ(settings.main.sections.at(1).settings.redirects.at(0), (Redirect{410, "/c", {}, ""}));
  EXPECT_EQ(settings.main.sections.at(2).settings.redirects.at(0), (Redirect{301, "/e", {}, "/f"}));
}

TEST(Redirect, SaysWhatIsWrong) {
  expect_sayings({
      {"Redirect /a",
       "Redirect: it takes a URL path and a URL: write a URL path like /old and where it leads"},
      {"Redirect gone /a /b",
       "Redirect: status 410 takes a URL path alone: write a URL path like /old and where it "
       "leads"},
      {"Redirect /a b",
       "Redirect: 'b' is not a URL: write one with its scheme, like https://example.com/, or a "
       "path beginning with /"},
      {"Redirect a /b",
       "Redirect: the URL path 'a' does not begin with /: write / for the whole site, or a prefix "
       "like /app"},
      {"Redirect 200 /a /b",
       "Redirect: '200' is not the status of a redirection: write permanent, temp, seeother, gone "
       "or a number from 300 to 599"},
      {"RedirectMatch ^/a",
       "RedirectMatch: it takes a pattern and a URL: write a pattern like ^/old/(.*)$ and where it "
       "leads"},
      {"RedirectMatch ( /b",
       "RedirectMatch: the pattern '(' cannot be read: missing closing parenthesis at character 2: "
       "write a regular expression in Perl's language"},
      {"RedirectMatch gone x /b",
       "RedirectMatch: status 410 takes a pattern alone: write a pattern like ^/old/(.*)$ and "
       "where it leads"},
      {"RedirectPermanent gone /a",
       "RedirectPermanent: the URL path 'gone' does not begin with /: write / for the whole site, "
       "or a prefix like /app"},
  });
}

TEST(ErrorDocument, IsATextAPathAnAddressOrTheServersOwn) {
  const auto documents = settings_of(
                             "ErrorDocument 404 \"not here\"\nErrorDocument 500 /oops\n"
                             "ErrorDocument 403 https://x/\nErrorDocument 410 Default\n"
                             "ErrorDocument 400 one\nErrorDocument 400 \"see http://x/\"")
                             .main.paths.error_documents;
  using Document = ErrorDocument::Kind;
  EXPECT_EQ(documents.at(404), (ErrorDocument{Document::kText, "not here"}));
  EXPECT_EQ(documents.at(500), (ErrorDocument{Document::kLocal, "/oops"}));
  EXPECT_EQ(documents.at(403), (ErrorDocument{Document::kExternal, "https://x/"}));
  EXPECT_EQ(documents.at(410), (ErrorDocument{Document::kDefault, ""}));
  EXPECT_EQ(documents.at(400), (ErrorDocument{Document::kText, "see http://x/"}));
}

TEST(ErrorDocument, SaysWhatIsWrong) {
  expect_sayings({
      {"ErrorDocument 404",
       "ErrorDocument: it takes 2 arguments, not 1: write ErrorDocument STATUS "
       "TEXT|/URL-PATH|URL|default"},
      {"ErrorDocument 200 x",
       "ErrorDocument: '200' is not the status of an error: write one from 400 to 599"},
      {"ErrorDocument x y",
       "ErrorDocument: 'x' is not the status of an error: write one from 400 to 599"},
      {"ErrorDocument 401 http://x/",
       "ErrorDocument: 401 cannot be answered by a redirection: write a text or a path of this "
       "host"},
  });
}

}  // namespace
}  // namespace forkloom::config
