// Each row of mod_wsgi's table, and of what runs Python, with a good and a bad value.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using testing::ElementsAre;

TEST(WsgiDirectives, OfPythonTakeWhatIsRightAndSayWhatIsWrong) {
  expect_sayings({
      {"WSGIPythonHome /srv/venv", ""},
      {"WSGIPythonHome venv/bin",
       "WSGIPythonHome: 'venv/bin' is not an absolute path: write the whole path of an interpreter "
       "or a virtual environment, or the name of a command like python3"},
      {"WSGIPythonPath /a:/b", ""},
      {"WSGIPythonPath a",
       "WSGIPythonPath: 'a' is not an absolute path: write absolute paths with one colon between "
       "each two"},
      {"WSGIPythonEggs eggs", ""},
      {R"(WSGIPythonEggs "")", "WSGIPythonEggs: the path is empty: write a path"},
      {"WSGIPythonOptimize 2", ""},
      {"WSGIPythonOptimize 3",
       "WSGIPythonOptimize: '3' is out of range: write a whole number of levels from 0 to 2"},
      {"WSGIPythonWarnings ignore::DeprecationWarning", ""},
      {R"(WSGIPythonWarnings "")",
       "WSGIPythonWarnings: the value is empty: write one, or remove the line"},
      {"WSGIPythonHashSeed 4294967295", ""},
      {"WSGIPythonHashSeed 4294967296",
       "WSGIPythonHashSeed: '4294967296' is out of range: write a whole number of seeds from 0 to "
       "4294967295"},
      {"WSGIDontWriteBytecode On", ""},
      {"WSGIDontWriteBytecode Yes", "WSGIDontWriteBytecode: 'Yes' is not known: write On or Off"},
      {"WSGISwitchInterval 0.005", ""},
      {"WSGISwitchInterval 0",
       "WSGISwitchInterval: '0' is not such a time: write seconds, from 0.000001 to 100, like "
       "0.005"},
      {"WSGISwitchInterval 100.1",
       "WSGISwitchInterval: '100.1' is out of range: write seconds, from 0.000001 to 100, like "
       "0.005"},
      {"WSGISwitchInterval 0.0000001",
       "WSGISwitchInterval: it is finer than a microsecond: write seconds, from 0.000001 to 100, "
       "like 0.005"},
      {"WSGIDestroyInterpreter Off", ""},
      {"WSGIDestroyInterpreter 0", "WSGIDestroyInterpreter: '0' is not known: write On or Off"},
      {"WSGIRestrictStdin On", ""},
      {"WSGIRestrictStdin x", "WSGIRestrictStdin: 'x' is not known: write On or Off"},
      {"WSGIRestrictStdout On", ""},
      {"WSGIRestrictStdout x", "WSGIRestrictStdout: 'x' is not known: write On or Off"},
      {"WSGIRestrictSignal Off", ""},
      {"WSGIRestrictSignal x", "WSGIRestrictSignal: 'x' is not known: write On or Off"},
      {"ForkloomWorkingDirectory /srv", ""},
      {R"(ForkloomWorkingDirectory "")",
       "ForkloomWorkingDirectory: the path is empty: write a path"},
      {"ForkloomRequireApplications On", ""},
      {"ForkloomRequireApplications x",
       "ForkloomRequireApplications: 'x' is not known: write On or Off"},
  });
}

TEST(WsgiDirectives, OfProcessesAndInterpretersTakeWhatIsRightAndSayWhatIsWrong) {
  expect_sayings({
      {"WSGIImportScript /a.py process-group=%{GLOBAL} application-group=%{GLOBAL}", ""},
      {"WSGIImportScript /a.py process-group=site",
       "WSGIImportScript: it needs both process-group= and application-group=: write PATH "
       "process-group=%{GLOBAL} application-group=%{GLOBAL}"},
      {R"(WSGIImportScript "" process-group=a application-group=b)",
       "WSGIImportScript: the script's path is empty: write PATH process-group=%{GLOBAL} "
       "application-group=%{GLOBAL}"},
      {"WSGIImportScript /a.py process-group= application-group=b",
       "WSGIImportScript: 'process-group=' is not an option with a value: write PATH "
       "process-group=%{GLOBAL} application-group=%{GLOBAL}"},
      {"WSGIImportScript /a.py process-group=a colour=b",
       "WSGIImportScript: 'colour=b' is not an option: write PATH process-group=%{GLOBAL} "
       "application-group=%{GLOBAL}"},
      {"WSGIDaemonProcess site processes=2 threads=15 user=www-data display-name=%{GROUP}", ""},
      {"WSGIDaemonProcess site processes=0",
       "WSGIDaemonProcess: processes: '0' is out of range: write a whole number from 1 to 20000"},
      {"WSGIDaemonProcess site proceses=1",
       "WSGIDaemonProcess: 'proceses=1' is not an option: write options of mod_wsgi like "
       "processes=2 threads=15"},
      {"WSGIDaemonProcess site processes",
       "WSGIDaemonProcess: 'processes' has no value: write options of mod_wsgi like processes=2 "
       "threads=15"},
      {"WSGIDaemonProcess site server-metrics=maybe",
       "WSGIDaemonProcess: server-metrics: 'maybe' is not known: write On or Off"},
      {"WSGIDaemonProcess processes=2",
       "WSGIDaemonProcess: 'processes=2' is not the name of a process group: write a plain name "
       "before the options"},
      {"WSGIProcessGroup site", ""},
      {R"(WSGIProcessGroup "")",
       "WSGIProcessGroup: the name is empty: write WSGIProcessGroup "
       "NAME|%{GLOBAL}|%{ENV:NAME}|%{SERVER}|%{HOST}|%{RESOURCE}"},
      {"WSGIApplicationGroup %{RESOURCE}", ""},
      {R"(WSGIApplicationGroup "")",
       "WSGIApplicationGroup: the name is empty: write WSGIApplicationGroup "
       "NAME|%{GLOBAL}|%{ENV:NAME}|%{SERVER}|%{HOST}|%{RESOURCE}"},
      {"WSGICallableObject create_app()", ""},
      {"WSGICallableObject %{ENV:CALLABLE}", ""},
      {"WSGICallableObject 1app",
       "WSGICallableObject: '1app' is not the name of a callable: write a Python name like "
       "application, or create_app() for a factory"},
      {"WSGIRestrictEmbedded On", ""},
      {"WSGIRestrictEmbedded x", "WSGIRestrictEmbedded: 'x' is not known: write On or Off"},
      {"WSGIRestrictProcess %{GLOBAL} site", ""},
      {"WSGIRestrictProcess",
       "WSGIRestrictProcess: it takes at least 1 argument, not 0: write WSGIRestrictProcess "
       "NAME|%{GLOBAL}..."},
      {"WSGIDispatchScript /a.py application-group=x", ""},
      {"WSGIDispatchScript",
       "WSGIDispatchScript: it takes 1 to 2 arguments, not 0: write WSGIDispatchScript PATH "
       "[application-group=NAME]"},
      {"WSGIHandlerScript wsgi-bin /a.py", ""},
      {"WSGIHandlerScript wsgi-bin",
       "WSGIHandlerScript: it takes 2 to 5 arguments, not 1: write WSGIHandlerScript NAME PATH "
       "[OPTION...]"},
      {"WSGIPerInterpreterGIL On", ""},
      {"WSGIPerInterpreterGIL x", "WSGIPerInterpreterGIL: 'x' is not known: write On or Off"},
      {"WSGIFreeThreading On", ""},
      {"WSGIFreeThreading x", "WSGIFreeThreading: 'x' is not known: write On or Off"},
  });
}

TEST(WsgiDirectives, OfRequestsTakeWhatIsRightAndSayWhatIsWrong) {
  expect_sayings({
      {"WSGIScriptReloading Off", ""},
      {"WSGIScriptReloading x", "WSGIScriptReloading: 'x' is not known: write On or Off"},
      {"WSGIPassAuthorization On", ""},
      {"WSGIPassAuthorization x", "WSGIPassAuthorization: 'x' is not known: write On or Off"},
      {"CGIPassAuth On", ""},
      {"CGIPassAuth x", "CGIPassAuth: 'x' is not known: write On or Off"},
      {"WSGIChunkedRequest On", ""},
      {"WSGIChunkedRequest x", "WSGIChunkedRequest: 'x' is not known: write On or Off"},
      {"WSGIMapHEADToGET auto", ""},
      {"WSGIMapHEADToGET x", "WSGIMapHEADToGET: 'x' is not known: write Auto, On or Off"},
      {"WSGIErrorOverride On", ""},
      {"WSGIErrorOverride x", "WSGIErrorOverride: 'x' is not known: write On or Off"},
      {"WSGIEnableSendfile On", ""},
      {"WSGIEnableSendfile x", "WSGIEnableSendfile: 'x' is not known: write On or Off"},
      {"WSGIIgnoreActivity On", ""},
      {"WSGIIgnoreActivity x", "WSGIIgnoreActivity: 'x' is not known: write On or Off"},
      {"WSGITrustedProxyHeaders x-forwarded-for Forwarded", ""},
      {"WSGITrustedProxyHeaders Via",
       "WSGITrustedProxyHeaders: 'Via' is not known: write Forwarded, X-Forwarded-For, "
       "X-Client-IP, X-Real-IP, X-Forwarded-Host, X-Host, X-Forwarded-Server, X-Forwarded-Port, "
       "X-Script-Name, X-Forwarded-Script-Name, X-Forwarded-Proto, X-Forwarded-Scheme, "
       "X-Forwarded-HTTPS, X-Forwarded-SSL, X-Scheme, X-HTTPS"},
      {"WSGITrustedProxies 10.0.0.0/8 ::1", ""},
      {"WSGITrustedProxies proxy.example",
       "WSGITrustedProxies: 'proxy.example' is not a network: write an address, an address and its "
       "prefix like 10.1.0.0/16 or 2001:db8::/32, or the first parts of an IPv4 address like 10.1"},
      {"WSGIPassApacheRequest Off", ""},
      {"WSGIPassApacheRequest On",
       "WSGIPassApacheRequest: there is no request record of httpd to pass: remove the line"},
      {"WSGIPassApacheRequest x", "WSGIPassApacheRequest: 'x' is not known: write On or Off"},
  });
}

TEST(WsgiDirectives, OfMetricsAndFormerTimesTakeWhatIsRightAndSayWhatIsWrong) {
  expect_sayings({
      {"WSGIServerMetrics On", ""},
      {"WSGIServerMetrics x", "WSGIServerMetrics: 'x' is not known: write On or Off"},
      {"WSGITelemetryService unix:/run/t.sock interval=1", ""},
      {"WSGITelemetryService",
       "WSGITelemetryService: it takes 1 to 2 arguments, not 0: write WSGITelemetryService "
       "unix:/PATH [interval=SECONDS]"},
      {"WSGITelemetryOptions All", ""},
      {"WSGITelemetryOptions",
       "WSGITelemetryOptions: it takes at least 1 argument, not 0: write WSGITelemetryOptions "
       "[+|-]CaptureUserAgent|None|All..."},
      {"WSGISlowRequests 5", ""},
      {"WSGISlowRequests",
       "WSGISlowRequests: it takes 1 argument, not 0: write WSGISlowRequests SECONDS"},
      {"WSGICaseSensitivity On", ""},
      {"WSGICaseSensitivity x", "WSGICaseSensitivity: 'x' is not known: write On or Off"},
      {"WSGISocketPrefix run/wsgi", ""},
      {"WSGISocketPrefix",
       "WSGISocketPrefix: it takes 1 argument, not 0: write WSGISocketPrefix PATH"},
      {"WSGISocketRotation On", ""},
      {"WSGISocketRotation x", "WSGISocketRotation: 'x' is not known: write On or Off"},
      {"WSGIAcceptMutex Default", ""},
      {"WSGIAcceptMutex",
       "WSGIAcceptMutex: it takes 1 argument, not 0: write WSGIAcceptMutex VALUE"},
      {"WSGIVerboseDebugging On", ""},
      {"WSGIVerboseDebugging x", "WSGIVerboseDebugging: 'x' is not known: write On or Off"},
      {"WSGILazyInitialization On", ""},
      {"WSGILazyInitialization x", "WSGILazyInitialization: 'x' is not known: write On or Off"},
      {"WSGIAccessScript /a.py",
       "WSGIAccessScript: it may not stand here: write it in <Directory>, <Files> or <Location>"},
      {"WSGIAuthUserScript /a.py",
       "WSGIAuthUserScript: it may not stand here: write it in <Directory>, <Files> or <Location>"},
      {"WSGIAuthGroupScript /a.py",
       "WSGIAuthGroupScript: it may not stand here: write it in <Directory>, <Files> or "
       "<Location>"},
      {"WSGIGroupAuthoritative On",
       "WSGIGroupAuthoritative: it may not stand here: write it in <Directory>, <Files> or "
       "<Location>"},
  });
}

TEST(WsgiDirectives, ComeIntoTheSettingsOfTheServer) {
  const Settings settings = settings_of(R"(
WSGIPythonHome /srv/venv
WSGIPythonPath /a:/b
WSGIPythonEggs eggs
WSGIPythonOptimize 2
WSGIPythonWarnings error
WSGIPythonWarnings ignore::DeprecationWarning
WSGIPythonHashSeed 7
WSGIDontWriteBytecode On
WSGISwitchInterval 0.0125
WSGIDestroyInterpreter Off
WSGIRestrictStdin On
WSGIRestrictStdout On
WSGIRestrictSignal Off
ForkloomWorkingDirectory site
ForkloomRequireApplications On
WSGIRestrictEmbedded On
WSGIImportScript a.py process-group=%{GLOBAL} application-group=%{GLOBAL}
)",
                                        {}, {.defined = {}, .server_root = "/srv"});
  EXPECT_EQ(settings.python, "/srv/venv");
  EXPECT_THAT(settings.python_path, ElementsAre("/a", "/b"));
  EXPECT_EQ(settings.python_eggs, "/srv/eggs");
  EXPECT_EQ(settings.python_optimize, 2U);
  EXPECT_THAT(settings.python_warnings, ElementsAre("error", "ignore::DeprecationWarning"));
  EXPECT_EQ(settings.python_hash_seed, 7U);
  EXPECT_FALSE(settings.writes_bytecode);
  EXPECT_EQ(settings.switch_interval, 12'500U);
  EXPECT_FALSE(settings.destroys_interpreter);
  EXPECT_TRUE(settings.restricts_stdin);
  EXPECT_TRUE(settings.restricts_stdout);
  EXPECT_FALSE(settings.restricts_signal);
  EXPECT_EQ(settings.working_directory, "/srv/site");
  EXPECT_TRUE(settings.requires_applications);
  EXPECT_TRUE(settings.restricts_embedded);
  ASSERT_EQ(settings.import_scripts.size(), 1U);
  EXPECT_EQ(
      settings.import_scripts[0],
      (ImportScript{
          .path = "/srv/a.py", .process_group = "", .application_group = "", .origin = {"x", 18}}));
}

TEST(WsgiDirectives, ComeIntoTheSettingsOfAPath) {
  const Settings settings = settings_of(R"(
<Location /a>
WSGICallableObject app
WSGIScriptReloading Off
WSGIPassAuthorization On
WSGIChunkedRequest On
WSGIMapHEADToGET On
WSGIErrorOverride On
WSGIEnableSendfile On
WSGIIgnoreActivity On
WSGIRestrictProcess %{GLOBAL} site
WSGITrustedProxyHeaders X-Forwarded-For
WSGITrustedProxies 10.0.0.0/8
</Location>
)");
  ASSERT_EQ(settings.main.sections.size(), 1U);
  const PathSettings& paths = settings.main.sections[0].settings;
  EXPECT_EQ(paths.callable_object, "app");
  EXPECT_EQ(paths.script_reloading, false);
  EXPECT_EQ(paths.pass_authorization, true);
  EXPECT_EQ(paths.chunked_request, true);
  EXPECT_EQ(paths.head_to_get, HeadToGet::kOn);
  EXPECT_EQ(paths.error_override, true);
  EXPECT_EQ(paths.wsgi_sendfile, true);
  EXPECT_EQ(paths.ignores_activity, true);
  EXPECT_THAT(*paths.allowed_process_groups, ElementsAre("", "site"));
  EXPECT_THAT(*paths.trusted_proxy_headers, ElementsAre("X-Forwarded-For"));
  ASSERT_EQ(paths.trusted_proxies->size(), 1U);
  EXPECT_EQ(settings.main.paths.pass_authorization, false);
}

struct Asked {
  std::string_view text;
  std::string_view what;  // the only thing that is noted; "" for nothing
};

TEST(WhatIsNotBuilt, IsNotedOnceForTheStatementThatAsksForIt) {
  constexpr std::string_view kGroups = "daemon process groups";
  constexpr std::string_view kInterpreters = "interpreters of an application's own";
  for (const auto& [text, what] : std::initializer_list<Asked>{
           {"WSGIDaemonProcess site", kGroups},
           {"WSGIProcessGroup site", kGroups},
           {"WSGIProcessGroup %{GLOBAL}", ""},
           {"WSGIProcessGroup %{ENV:GROUP}", kGroups},
           {"WSGIApplicationGroup site", kInterpreters},
           {"WSGIApplicationGroup %{GLOBAL}", ""},
           {"WSGIApplicationGroup %{RESOURCE}", kInterpreters},
           {"WSGIScriptAlias / /a process-group=site", kGroups},
           {"WSGIScriptAlias / /a application-group=site", kInterpreters},
           {"WSGIScriptAlias / /a process-group=%{GLOBAL} application-group=%{GLOBAL}", ""},
           {"WSGIImportScript /a process-group=site application-group=%{GLOBAL}", kGroups},
           {"WSGIImportScript /a process-group=%{GLOBAL} application-group=a", kInterpreters},
           {"WSGIDispatchScript /a", kGroups},
           {"WSGIHandlerScript a /a", "script handlers"},
           {"<WSGIInterpreterOptions>\nWSGIFreeThreading On\n</WSGIInterpreterOptions>",
            kInterpreters},
           {"WSGIPerInterpreterGIL On", kInterpreters},
           {"WSGIPerInterpreterGIL Off", ""},
           {"WSGIFreeThreading On", kInterpreters},
           {"WSGIFreeThreading On\nWSGIFreeThreading Off", ""},
           {"WSGIServerMetrics On", "metrics"},
           {"WSGIServerMetrics Off", ""},
           {"WSGITelemetryService unix:/t", "metrics"},
           {"WSGITelemetryOptions All", "metrics"},
           {"WSGISlowRequests 5", "metrics"},
           {"<Location /a>\nWSGIAccessScript /a\n</Location>", "access and authentication scripts"},
           {"<Location /a>\nWSGIAuthUserScript /a\n</Location>",
            "access and authentication scripts"},
           {"<Location /a>\nWSGIAuthGroupScript /a\n</Location>",
            "access and authentication scripts"},
           {"Listen 443 https", "encrypted connections"}}) {
    const std::vector<Unbuilt> unbuilt = settings_of(text).unbuilt;
    ASSERT_EQ(unbuilt.size(), what.empty() ? 0U : 1U) << text;
    EXPECT_EQ(unbuilt.empty() ? "" : unbuilt[0].what, what) << text;
  }
}

TEST(WhatIsNotBuilt, IsNotedWithItsPlaceAndTheTablesSpelling) {
  const Settings settings = settings_of("\n  wsgidaemonprocess   site\n");
  ASSERT_EQ(settings.unbuilt.size(), 1U);
  EXPECT_EQ(settings.unbuilt[0].origin, (Origin{"x", 2}));
  EXPECT_EQ(settings.unbuilt[0].source, "wsgidaemonprocess   site");
  EXPECT_EQ(settings.unbuilt[0].directive, "WSGIDaemonProcess");
  EXPECT_EQ(settings.unbuilt[0].what, "daemon process groups");
}

TEST(DaemonProcess, HasANameOfItsOwn) {
  EXPECT_EQ(said_of("WSGIDaemonProcess a\nWSGIDaemonProcess b\nWSGIDaemonProcess a"),
            "x:3: WSGIDaemonProcess: the process group a is given twice (first on line 1): "
            "give it once\n    WSGIDaemonProcess a\n");
}

TEST(InterpreterOptions, HoldDirectivesOfInterpretersAlone) {
  EXPECT_EQ(said_of("<WSGIInterpreterOptions process-group=a application-group=b>\n"
                    "WSGIPythonPath /a\nWSGISwitchInterval 1\nWSGIRestrictStdin On\n"
                    "WSGIRestrictStdout On\nWSGIRestrictSignal Off\nWSGIPerInterpreterGIL On\n"
                    "WSGIFreeThreading On\n</WSGIInterpreterOptions>"),
            "");
  EXPECT_EQ(
      said_of("<WSGIInterpreterOptions a=b>\nTimeout 5\nWSGISwitchInterval x\nNone\n"
              "</WSGIInterpreterOptions>"),
      R"(x:1: WSGIInterpreterOptions: 'a=b' is not an option with a value: write <WSGIInterpreterOptions [process-group=NAME] [application-group=NAME]>
    <WSGIInterpreterOptions a=b>
x:2: Timeout: it may not stand here: write it outside of all sections, or in <VirtualHost>
    Timeout 5
x:3: WSGISwitchInterval: 'x' is not such a time: write seconds, from 0.000001 to 100, like 0.005
    WSGISwitchInterval x
x:4: None: there is no such directive: remove the line
    None
)");
}

TEST(InterpreterOptions, LeaveTheServersOwnAsTheyAre) {
  const Settings settings = settings_of(
      "<WSGIInterpreterOptions>\nWSGIRestrictStdin On\nWSGIPythonPath /a\n"
      "</WSGIInterpreterOptions>");
  EXPECT_FALSE(settings.restricts_stdin);
  EXPECT_TRUE(settings.python_path.empty());
}

}  // namespace
}  // namespace forkloom::config
