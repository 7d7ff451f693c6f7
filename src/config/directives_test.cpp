#include "config/directives.h"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "config/apache_names.h"
#include "config/letters.h"
#include "config/manual.h"
#include "config/parser.h"

namespace forkloom::config {
namespace {

TEST(DirectiveTable, NamesEachDirectiveOnceAndExplainsIt) {
  std::set<std::string> names;
  for (const Directive& row : directives()) {
    EXPECT_TRUE(names.insert(lower(row.name)).second) << row.name;
    EXPECT_TRUE(row.help.ends_with('.')) << row.name;
    EXPECT_NE(row.contexts, 0) << row.name;
    EXPECT_LE(row.arity.minimum, row.arity.maximum) << row.name;
  }
}

TEST(DirectiveTable, EveryDefaultIsValid) {
  EXPECT_TRUE(parse("", "x").has_value());  // aborts where one is not
}

TEST(DirectiveTable, EveryNumberHasARangeAndAUnit) {
  for (const Directive& row : directives()) {
    if (row.storage.type != ValueType::kNumber) continue;
    EXPECT_LT(row.range.minimum, row.range.maximum) << row.name;
    EXPECT_FALSE(row.unit.empty()) << row.name;
  }
}

TEST(DirectiveTable, WhatStoresNothingSaysWhy) {
  for (const Directive& row : directives()) {
    if (row.kind != Kind::kSetting) continue;
    EXPECT_TRUE(row.storage.store != nullptr || !row.unbuilt.empty()) << row.name;
  }
}

TEST(DirectiveTable, FindsARowByNameInAnyCase) {
  ASSERT_NE(find_directive("WSGISCRIPTALIAS"), nullptr);
  EXPECT_EQ(find_directive("WSGISCRIPTALIAS")->name, "WSGIScriptAlias");
  EXPECT_EQ(find_directive("WSGIScript"), nullptr);
}

TEST(DirectiveTable, UsageSaysWhatToWrite) {
  EXPECT_EQ(find_directive("ThreadsPerChild")->usage(), "ThreadsPerChild NUMBER");
  EXPECT_EQ(find_directive("KeepAlive")->usage(), "KeepAlive On|Off");
  EXPECT_EQ(find_directive("Files")->usage(), "<Files NAME|~ PATTERN>");
}

// Of mod_wsgi 6.0.5.
TEST(DirectiveTable, HasEveryDirectiveOfModWsgi) {
  for (const std::string_view name :
       {"WSGIScriptAlias",        "WSGIScriptAliasMatch",  "WSGIHandlerScript",
        "WSGIDispatchScript",     "WSGIProcessGroup",      "WSGIApplicationGroup",
        "WSGICallableObject",     "WSGIImportScript",      "WSGIRestrictProcess",
        "WSGIRestrictEmbedded",   "WSGIScriptReloading",   "WSGIPassAuthorization",
        "WSGIChunkedRequest",     "WSGIMapHEADToGET",      "WSGIErrorOverride",
        "WSGIEnableSendfile",     "WSGIIgnoreActivity",    "WSGITrustedProxyHeaders",
        "WSGITrustedProxies",     "WSGIPassApacheRequest", "WSGIAccessScript",
        "WSGIAuthUserScript",     "WSGIAuthGroupScript",   "WSGIGroupAuthoritative",
        "WSGIPythonHome",         "WSGIPythonPath",        "WSGIPythonEggs",
        "WSGIPythonOptimize",     "WSGIPythonWarnings",    "WSGIPythonHashSeed",
        "WSGIDontWriteBytecode",  "WSGISwitchInterval",    "WSGIDestroyInterpreter",
        "WSGIRestrictStdin",      "WSGIRestrictStdout",    "WSGIRestrictSignal",
        "WSGICaseSensitivity",    "WSGIPerInterpreterGIL", "WSGIFreeThreading",
        "WSGIInterpreterOptions", "WSGISocketPrefix",      "WSGISocketRotation",
        "WSGIAcceptMutex",        "WSGIServerMetrics",     "WSGITelemetryService",
        "WSGISlowRequests",       "WSGITelemetryOptions",  "WSGIVerboseDebugging",
        "WSGIDaemonProcess"}) {
    EXPECT_NE(find_directive(name), nullptr) << name;
  }
}

TEST(ApacheNames, TellWhichModuleADirectiveIsOf) {
  EXPECT_EQ(apache_module_of("SSLEngine"), "mod_ssl");
  EXPECT_EQ(apache_module_of("rewriterule"), "mod_rewrite");
  EXPECT_EQ(apache_module_of("Listn"), "");
}

TEST(Manual, HelpHasUsageDefaultAndRange) {
  const std::string text = help_text(*find_directive("Timeout"));
  for (const char* part :
       {"Timeout NUMBER", "Default     60", "1 to 31536000 seconds", "server, virtual host"}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

TEST(Manual, TheCommittedPageIsThatOfTheTable) {
  std::ifstream file(FORKLOOM_SOURCE_FOLDER "/docs/DIRECTIVES.md");
  std::ostringstream page;
  page << file.rdbuf();
  EXPECT_EQ(page.str(), manual_page())
      << "write it anew: build/forkloom help --manual > docs/DIRECTIVES.md";
}

}  // namespace
}  // namespace forkloom::config
