#include "config/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using testing::ElementsAre;

TEST(Parser, AnEmptyTextGivesTheTablesDefaults) {
  const Settings settings = settings_of("");
  EXPECT_EQ(settings.server_root, "/");
  ASSERT_EQ(settings.listen.size(), 1U);
  EXPECT_EQ(settings.listen[0].text(), "127.0.0.1:8000");
  EXPECT_EQ(settings.listen_backlog, 511U);
  EXPECT_EQ(settings.python, "python3");
  EXPECT_EQ(settings.python_hash_seed, std::nullopt);
  EXPECT_EQ(settings.model, Model::kWinnt);
  EXPECT_EQ(settings.threads, 25U);
  EXPECT_EQ(settings.graceful_timeout, seconds(30));
  EXPECT_EQ(settings.server_tokens, "Full");
  EXPECT_TRUE(settings.writes_bytecode);
  EXPECT_TRUE(settings.restricts_signal);
  EXPECT_TRUE(settings.virtual_hosts.empty());
  EXPECT_TRUE(settings.unbuilt.empty());
  const Host& main = settings.main;
  EXPECT_EQ(main.name, std::nullopt);
  EXPECT_EQ(main.header_read_timeout, (ReadTimeout{seconds(20), seconds(40), 500}));
  EXPECT_EQ(main.body_read_timeout, (ReadTimeout{seconds(20), seconds(0), 500}));
  EXPECT_EQ(main.timeout, seconds(60));
  EXPECT_EQ(main.keep_alive, true);
  EXPECT_EQ(main.keep_alive_timeout, seconds(5));
  EXPECT_EQ(main.error_log, "-");
  EXPECT_EQ(main.log_level, Level::kWarning);
  EXPECT_TRUE(main.custom_logs.empty());
  EXPECT_EQ(main.encoded_slashes, EncodedSlashes::kRefuse);
  const PathSettings& paths = main.paths;
  EXPECT_EQ(paths.limit_request_body, 1U << 30);
  EXPECT_EQ(paths.pass_authorization, false);
  EXPECT_EQ(paths.callable_object, "application");
  EXPECT_THAT(*paths.directory_index, ElementsAre("index.html"));
  EXPECT_TRUE(paths.options->has(FolderOptions::kFollowSymLinks));
  EXPECT_EQ(paths.require, std::nullopt);
}

TEST(Parser, ReadsDirectivesOfTheServerAndItsHostInAnyLetterCase) {
  const Settings settings = settings_of(R"(
    listen [::1]:8000
    LISTEN unix:/run/site.sock
    ListenBacklog 10
    User www-data
    Group #33
    PidFile run/site.pid
    DefaultRuntimeDir /run/site
    TypesConfig /etc/mime.types
    ServerTokens prod
    GracefulShutdownTimeout 0
    MPM prefork
    ThreadsPerChild 4
    ServerName www.example.com:8080
    ServerAdmin a@example.com
    DocumentRoot htdocs
    UseCanonicalName On
    AllowEncodedSlashes nodecode
    ErrorLog log/error
    LogLevel notice ssl:debug
    CustomLog - short env=!quiet
    LogFormat "%h \"%r\"" short
    LimitRequestLine 1000
    LimitRequestFields 0
    LimitRequestFieldSize 2000
    RequestReadTimeout body=10
    Timeout 7
    KeepAlive Off
    KeepAliveTimeout 8
    MaxKeepAliveRequests 0
  )",
                                        {}, {.defined = {}, .server_root = "/srv/"});
  ASSERT_EQ(settings.listen.size(), 2U);
  EXPECT_EQ(settings.listen[0].host, "::1");
  EXPECT_EQ(settings.listen[1].unix_path, "/run/site.sock");
  EXPECT_EQ(settings.listen_backlog, 10U);
  EXPECT_EQ(settings.user, "www-data");
  EXPECT_EQ(settings.group, "#33");
  EXPECT_EQ(settings.pid_file, "/srv/run/site.pid");
  EXPECT_EQ(settings.runtime_folder, "/run/site");
  EXPECT_EQ(settings.types_file, "/etc/mime.types");
  EXPECT_EQ(settings.server_tokens, "Prod");
  EXPECT_EQ(settings.graceful_timeout, seconds(0));
  EXPECT_EQ(settings.model, Model::kPrefork);
  EXPECT_EQ(settings.threads, 4U);
  const Host& main = settings.main;
  EXPECT_EQ(main.name, "www.example.com");
  EXPECT_EQ(main.port, 8080);
  EXPECT_EQ(main.admin, "a@example.com");
  EXPECT_EQ(main.document_root, "/srv/htdocs");
  EXPECT_EQ(main.uses_canonical_name, true);
  EXPECT_EQ(main.encoded_slashes, EncodedSlashes::kKeep);
  EXPECT_EQ(main.error_log, "/srv/log/error");
  EXPECT_EQ(main.log_level, Level::kNotice);
  ASSERT_EQ(main.custom_logs.size(), 1U);
  EXPECT_EQ(main.custom_logs[0].path, "-");
  EXPECT_EQ(main.custom_logs[0].format, "%h \"%r\"");
  EXPECT_EQ(main.custom_logs[0].variable, "quiet");
  EXPECT_FALSE(main.custom_logs[0].wants_variable);
  EXPECT_EQ(main.limit_request_line, 1000U);
  EXPECT_EQ(main.limit_request_fields, 0U);
  EXPECT_EQ(main.limit_request_field_size, 2000U);
  EXPECT_EQ(main.header_read_timeout, (ReadTimeout{seconds(20), seconds(40), 500}));
  EXPECT_EQ(main.body_read_timeout, (ReadTimeout{seconds(10), seconds(0), 0}));
  EXPECT_EQ(main.timeout, seconds(7));
  EXPECT_EQ(main.keep_alive, false);
  EXPECT_EQ(main.keep_alive_timeout, seconds(8));
  EXPECT_EQ(main.max_keep_alive_requests, 0U);
}

TEST(Parser, ReadsDirectivesOfFiles) {
  const PathSettings paths = settings_of(R"(
    DirectoryIndex a.html b.html
    DirectorySlash Off
    AddType text/x .X y
    AddEncoding gzip .gz
    AddCharset utf-8 .utf8
    AddDefaultCharset On
    EnableSendfile Off
    ExpiresActive On
    ForkloomPrecompressed Off
    ForkloomHiddenFiles On
    LimitRequestBody 0
  )")
                                 .main.paths;
  EXPECT_THAT(*paths.directory_index, ElementsAre("a.html", "b.html"));
  EXPECT_EQ(paths.directory_slash, false);
  EXPECT_EQ(paths.types, (std::map<std::string, std::string>{{"x", "text/x"}, {"y", "text/x"}}));
  EXPECT_EQ(paths.encodings.at("gz"), "gzip");
  EXPECT_EQ(paths.charsets.at("utf8"), "utf-8");
  EXPECT_EQ(paths.default_charset, "iso-8859-1");
  EXPECT_EQ(paths.enable_sendfile, false);
  EXPECT_EQ(paths.expires_active, true);
  EXPECT_EQ(paths.serves_precompressed, false);
  EXPECT_EQ(paths.serves_hidden, true);
  EXPECT_EQ(paths.limit_request_body, 0U);
  EXPECT_TRUE(settings_of("DirectoryIndex Disabled").main.paths.directory_index->empty());
  EXPECT_EQ(settings_of("<Location />\nForceType None\n</Location>")
                .main.sections.at(0)
                .settings.forced_type,
            "");
}

TEST(Parser, SaysWhatIsWrongWithALine) {
  expect_sayings({
      {"ThreadsPerChild 0",
       "ThreadsPerChild: '0' is out of range: write a whole number of threads from 1 to 20000"},
      {"ThreadsPerChild 1 2",
       "ThreadsPerChild: it takes 1 argument, not 2: write ThreadsPerChild NUMBER"},
      {"Timeout 5 # seconds", "Timeout: it takes 1 argument, not 3: write Timeout NUMBER"},
      {"Timeout 5ms",
       "Timeout: '5ms' is in milliseconds, which are not supported here: write a whole number of "
       "seconds from 1 to 31536000"},
      {"KeepAlive yes", "KeepAlive: 'yes' is not known: write On or Off"},
      {"KeepAlive", "KeepAlive: it takes 1 argument, not 0: write KeepAlive On|Off"},
      {"CustomLog -",
       "CustomLog: it takes 2 to 3 arguments, not 1: write CustomLog PATH|- "
       "common|combined|json|NAME|FORMAT [env=[!]VARIABLE]"},
      {"WSGIScriptAlias / /a b=c d=e f=g h=i j=k",
       "WSGIScriptAlias: it takes 2 to 6 arguments, not 7: write WSGIScriptAlias URL-PATH PATH "
       "[process-group=NAME] [application-group=NAME] [callable-object=NAME] "
       "[pass-authorization=On|Off]"},
      {"Directory /srv", "Directory: it is a section: write <Directory PATH|~ PATTERN>"},
      {"IfDefine A", "IfDefine: it is a section: write <IfDefine [!]NAME>"},
      {"ServerAlias a", "ServerAlias: it may not stand here: write it in <VirtualHost>"},
      {"ForceType text/html",
       "ForceType: it may not stand here: write it in <Directory>, <Files> or <Location>"},
      {"AllowOverride None",
       "AllowOverride: it may not stand here: write it in <Directory>, <Files> or <Location>"},
      {"Listen 80 https", ""},
      {"Listen 80 gopher", "Listen: 'gopher' is not a protocol: write http or nothing"},
      {"Listen 127.0.0.1",
       "Listen: '127.0.0.1' has no port: write HOST:PORT, [IPv6]:PORT, PORT or unix:/PATH"},
      {"Listen ::1:80", "Listen: '::1:80' is an IPv6 address without brackets: write [::1]:80"},
      {"MPM event", ""},
      {"MPM fast", "MPM: 'fast' is not known: write prefork, worker or winnt"},
      {"ServerRoot site",
       "ServerRoot: 'site' is not an absolute path: write the whole path, beginning with /"},
      {"ServerTokens Loud",
       "ServerTokens: 'Loud' is not known: write Full, OS, Minimal, Minor, Major or Prod"},
      {R"(User "a b")",
       "User: 'a b' is neither a name nor a number: write a name like www-data, or #33"},
      {"Group #x",
       "Group: '#x' is neither a name nor a number: write a name like www-data, or #33"},
      {R"(PidFile "")", "PidFile: the path is empty: write a path"},
      {"LogLevel ssl:warn",
       "LogLevel: it has levels of modules alone: write the level of all others too, like warn"},
      {"LogLevel loud",
       "LogLevel: 'loud' is not known: write emerg, alert, crit, error, warn, notice, info, debug, "
       "or trace1 to trace8"},
      {R"(LogFormat "%h")",
       R"(LogFormat: a format without a name is for TransferLog, which is not supported: write LogFormat "FORMAT" NAME, and CustomLog with that name)"},
      {R"(LogFormat "" x)",
       R"(LogFormat: the format or its name is empty: write LogFormat "%h %r" NAME)"},
      {"CustomLog - combined expr=x",
       "CustomLog: 'expr=x' is not a supported condition: write env=NAME or env=!NAME"},
      {"CustomLog - combined env=",
       "CustomLog: '' is not a variable's name: write env=NAME or env=!NAME"},
      {R"(CustomLog - "")",
       "CustomLog: the format is empty: write common, combined, json or a LogFormat string"},
      {R"(CustomLog "|/bin/cat" combined)",
       "CustomLog: logs through a program's pipe are not supported: write a file's path, or - for "
       "a standard stream"},
      {"ErrorLog syslog:local1",
       "ErrorLog: logs through syslog are not supported: write a file's path, or - for a standard "
       "stream"},
      {"RequestReadTimeout header=5-2,MinRate=1",
       "RequestReadTimeout: in '5-2' the maximum is not above the initial time: write a range like "
       "20-40"},
      {"AllowEncodedSlashes maybe",
       "AllowEncodedSlashes: 'maybe' is not known: write Off, On or NoDecode"},
      {"LimitRequestBody -1",
       "LimitRequestBody: '-1' is not a whole number: write a whole number of bytes from 0 to "
       "9223372036854775807"},
      {"AddType html .html", "AddType: 'html' is not a media type: write one like text/html"},
      {"AddType text/html",
       "AddType: it takes at least 2 arguments, not 1: write AddType TYPE EXTENSION..."},
      {R"(AddEncoding "" .gz)",
       "AddEncoding: '' is not such a name: write one of plain ASCII letters"},
      {R"(AddDefaultCharset "")",
       "AddDefaultCharset: '' is not such a name: write one of plain ASCII letters"},
      {R"(SetEnv A "x)", R"(SetEnv: the quote before x is never closed: close it with ")"},
      {R"(SetEnv A "x"y)",
       R"(SetEnv: 'y' touches the closing quote before it: leave a space after the quote, or write \" where the quote belongs to the value)"},
      {"HostnameLookups Double",
       "warning: HostnameLookups: it is always Off here: write HostnameLookups Off"},
      {"HostnameLookups Extended", "HostnameLookups: 'Extended' is not known: write On or Off"},
      {"TraceEnable extended",
       "warning: TraceEnable: it is always Off here: write TraceEnable Off"},
      {"TraceEnable off", ""},
      {"MergeSlashes Off", "warning: MergeSlashes: it is always On here: write MergeSlashes On"},
      {"MergeSlashes double", "MergeSlashes: 'double' is not known: write On or Off"},
      {"MaxMemFree x",
       "MaxMemFree: 'x' is not a whole number: write a whole number of KiB from 0 to 4294967295"},
      {"ExtendedStatus maybe", "ExtendedStatus: 'maybe' is not known: write On or Off"},
  });
}

TEST(Parser, WarnsOfAllowOverrideThatIsNotNone) {
  EXPECT_EQ(said_of("<Directory /a>\nAllowOverride none\nAllowOverrideList Redirect\n</Directory>"),
            "warning: x:3: AllowOverrideList: files named .htaccess are not read, whatever "
            "AllowOverrideList says: write AllowOverrideList None, and their directives into a "
            "<Directory>\n    AllowOverrideList Redirect\n");
}

TEST(Parser, ReportsEveryErrorOfAllFilesInTheOrderInWhichTheyAreRead) {
  const MemoryFiles files{{"/a", "Timeout 0\n<Location /x>\nInclude /b\nListen 1\n</Location>"},
                          {"/b", "Nonsense\nSetEnv \"x"}};
  EXPECT_EQ(
      said_of("ThreadsPerChild 0\nInclude /a\nPidFile \"x\nKeepAlive", files),
      R"(x:1: ThreadsPerChild: '0' is out of range: write a whole number of threads from 1 to 20000
    ThreadsPerChild 0
x:3: PidFile: the quote before x is never closed: close it with "
    PidFile "x
x:4: KeepAlive: it takes 1 argument, not 0: write KeepAlive On|Off
    KeepAlive
/a:1: Timeout: '0' is out of range: write a whole number of seconds from 1 to 31536000
    Timeout 0
/a:4: Listen: it may not stand here: write it outside of all sections
    Listen 1
/b:1: Nonsense: there is no such directive: remove the line
    Nonsense
/b:2: SetEnv: the quote before x is never closed: close it with "
    SetEnv "x
)");
}

TEST(Parser, SaysOnceWhatAFileThatIsIncludedTwiceSays) {
  const MemoryFiles files{{"/a", "Timeout 0\n"}};
  EXPECT_EQ(said_of("Include /a\n<VirtualHost *>\nInclude /a\n</VirtualHost>", files),
            "/a:1: Timeout: '0' is out of range: write a whole number of seconds from 1 to "
            "31536000\n    Timeout 0\n");
}

TEST(Parser, AnErrorShowsTheTableNameAndTheLineAsWritten) {
  EXPECT_EQ(
      said_of("\n  threadsperchild   ${A}1 \\\n 2", {}, {.defined = {"A=2"}, .server_root = "/"}),
      "x:2: ThreadsPerChild: it takes 1 argument, not 2: write ThreadsPerChild NUMBER\n"
      "    threadsperchild   ${A}1  2\n");
}

TEST(Parser, OfWhatIsNotRepeatableTheLastOfASectionWins) {
  EXPECT_EQ(settings_of("Timeout 5\nTimeout 6").main.timeout, seconds(6));
  const Settings settings = settings_of(
      "<Location /a>\nWSGICallableObject b\n</Location>\n"
      "WSGICallableObject c");
  EXPECT_EQ(settings.main.paths.callable_object, "c");
  EXPECT_EQ(settings.main.sections.at(0).settings.callable_object, "b");
}

TEST(Parser, OfRequestReadTimeoutEachStageHasItsOwnLast) {
  const Host main =
      settings_of("RequestReadTimeout header=7 body=9\nRequestReadTimeout body=8").main;
  EXPECT_EQ(main.header_read_timeout->initial, seconds(7));
  EXPECT_EQ(main.body_read_timeout->initial, seconds(8));
}

TEST(Parser, SeesAllPathsFromTheServerRootWhereverItStands) {
  const Settings settings = settings_of("PidFile a\nServerRoot /srv\nErrorLog b");
  EXPECT_EQ(settings.server_root, "/srv");
  EXPECT_EQ(settings.pid_file, "/srv/a");
  EXPECT_EQ(settings.main.error_log, "/srv/b");
}

TEST(Parser, AnAddressIsListenedOnOnceHoweverItIsWritten) {
  EXPECT_EQ(said_of("Listen 8000\nListen *:8000"),
            "x:2: Listen: the address *:8000 is given twice (first on line 1): give it once\n"
            "    Listen *:8000\n");
  const MemoryFiles files{{"/a", "Listen [::A]:80"}};
  EXPECT_EQ(said_of("Listen [::a]:80\nInclude /a", files),
            "/a:1: Listen: the address [::a]:80 is given twice (first in x:1): give it once\n"
            "    Listen [::A]:80\n");
  EXPECT_NE(said_of("Listen unix:/a\nListen unix:/a"), "");
  EXPECT_EQ(settings_of("Listen 127.0.0.1:0\nListen 127.0.0.1:0").listen.size(), 2U);
  EXPECT_EQ(settings_of("Listen 127.0.0.1:8000").listen.size(), 1U);
}

TEST(VirtualHost, HasNamesAndAddressesAndNothingThatItDoesNotSay) {
  const Settings settings = settings_of(R"(
Timeout 7
<VirtualHost *:80 [::1]:8080 _default_>
  ServerName https://a.example:443
  ServerAlias b.example *.c.example
  ServerAlias d.example
  CustomLog /log common
  WSGIScriptAlias / /a.wsgi
  WSGICallableObject app
  <Directory /srv>
    Require all denied
    <Files *.py>
      Require local
    </Files>
  </Directory>
  <Location /x>
  </Location>
</VirtualHost>
<VirtualHost 10.0.0.1>
</VirtualHost>)");
  ASSERT_EQ(settings.virtual_hosts.size(), 2U);
  const Host& host = settings.virtual_hosts[0];
  EXPECT_THAT(host.addresses,
              ElementsAre(HostAddress{"", 80}, HostAddress{"::1", 8080}, HostAddress{"", 0}));
  EXPECT_EQ(host.name, "a.example");
  EXPECT_EQ(host.port, 443);
  EXPECT_EQ(host.scheme, "https");
  EXPECT_THAT(host.aliases, ElementsAre("b.example", "*.c.example", "d.example"));
  EXPECT_EQ(host.timeout, std::nullopt);
  EXPECT_EQ(host.paths.pass_authorization, std::nullopt);
  EXPECT_EQ(host.paths.callable_object, "app");
  EXPECT_EQ(host.custom_logs.size(), 1U);
  EXPECT_EQ(host.mappings.size(), 1U);
  EXPECT_EQ(host.origin, (Origin{"x", 3}));
  ASSERT_EQ(host.sections.size(), 2U);
  EXPECT_EQ(host.sections[0].files.size(), 1U);
  EXPECT_EQ(settings.main.mappings.size(), 0U);
  EXPECT_EQ(settings.main.paths.callable_object, "application");
  EXPECT_THAT(settings.virtual_hosts[1].addresses, ElementsAre(HostAddress{"10.0.0.1", 0}));
}

TEST(VirtualHost, SaysWhatIsWrongWithItAndInIt) {
  EXPECT_EQ(
      said_of("<VirtualHost a.example:80 *:80 *:x>\nListen 80\n<VirtualHost *>\n"
              "</VirtualHost>\n</VirtualHost>\n<VirtualHost>\n</VirtualHost>"),
      R"(x:1: VirtualHost: 'a.example:80' is not a numeric address: write *:80, an address like 10.0.0.1:80 or [2001:db8::1]:80, or *
    <VirtualHost a.example:80 *:80 *:x>
x:2: Listen: it may not stand here: write it outside of all sections
    Listen 80
x:3: VirtualHost: it may not stand here: write it outside of all sections
    <VirtualHost *>
x:6: VirtualHost: it takes at least 1 argument, not 0: write <VirtualHost ADDRESS[:PORT]|*[:PORT]...>
    <VirtualHost>
)");
}

TEST(LogFormat, OfAHostIsItsOwnAndThatOfTheMainServerForAll) {
  const Settings settings = settings_of(
      "<VirtualHost *:1>\nCustomLog /1 a\nLogFormat one a\n</VirtualHost>\n"
      "<VirtualHost *:2>\nCustomLog /2 a\nCustomLog /2 b\n</VirtualHost>\n"
      "LogFormat main a\nLogFormat all b\nCustomLog /0 a\nCustomLog /0 common");
  EXPECT_EQ(settings.virtual_hosts.at(0).custom_logs.at(0).format, "one");
  EXPECT_EQ(settings.virtual_hosts.at(1).custom_logs.at(0).format, "main");
  EXPECT_EQ(settings.virtual_hosts.at(1).custom_logs.at(1).format, "all");
  EXPECT_EQ(settings.main.custom_logs.at(0).format, "main");
  EXPECT_EQ(settings.main.custom_logs.at(1).format, "common");
}

TEST(Parser, ADirectiveIsNoSectionAndASectionNoDirective) {
  EXPECT_EQ(said_of("<Timeout 5>\n</Timeout>"),
            "x:1: Timeout: it is not a section: write Timeout NUMBER\n    <Timeout 5>\n");
  EXPECT_EQ(said_of("<Include /a>\n</Include>"),
            "x:1: Include: it is not a section: write Include PATH|PATTERN\n    <Include /a>\n");
}

}  // namespace
}  // namespace forkloom::config
