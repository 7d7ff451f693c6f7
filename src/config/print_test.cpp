#include "config/print.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/directives.h"
#include "config/letters.h"
#include "config/read_for_test.h"
#include "config/syntax.h"
#include "config/without_origins.h"

namespace forkloom::config {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string without_comments(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    if (line[std::min(line.find_first_not_of(' '), line.size() - 1)] != '#') result += line;
    text.remove_prefix(end);
  }
  return result;
}

// Prints, reads back and prints again.
std::string round_trip(std::string_view text, const MemoryFiles& files = {},
                       const ReadOptions& options = {}) {
  const Configuration first = configuration_of(text, files, options);
  std::string printed = print(first);
  const Configuration second = configuration_of(printed);
  EXPECT_EQ(without_origins(second.settings), without_origins(first.settings)) << printed;
  const auto parsed = parse(printed, "y");
  EXPECT_TRUE(parsed && without_origins(*parsed) == without_origins(first.settings)) << printed;
  EXPECT_EQ(without_comments(print(second)), without_comments(printed));
  return printed;
}

constexpr std::string_view kEverything = R"-(
@SERVER@
@HOST@
@PATH@
<WSGIInterpreterOptions process-group=site>
WSGISwitchInterval 0.005
</WSGIInterpreterOptions>
<VirtualHost *:80>
ServerAlias *.example.com
@HOST@
@PATH@
<Directory /srv>
@PATH@
@SECTION@
<Files *.py>
@PATH@
</Files>
<FilesMatch "^a b">
</FilesMatch>
</Directory>
<DirectoryMatch ^/srv>
</DirectoryMatch>
</VirtualHost>
<Location />
@PATH@
@SECTION@
</Location>
<LocationMatch "^/(?<x>a)>">
</LocationMatch>
)-";

constexpr std::string_view kServer = R"-(ServerRoot /srv
Listen 8080
Listen unix:/run/site.sock
ListenBacklog 10
PidFile run/pid
User www-data
Group #33
DefaultRuntimeDir run
ServerTokens Prod
GracefulShutdownTimeout 5
MPM worker
ThreadsPerChild 5
StartServers 2
ServerLimit 4
ThreadLimit 64
MaxRequestWorkers 100
MaxClients 100
MinSpareServers 1
MaxSpareServers 2
MinSpareThreads 1
MaxSpareThreads 9
MaxConnectionsPerChild 1000
MaxRequestsPerChild 1000
TypesConfig mime.types
WSGIPythonHome /srv/venv
WSGIPythonPath /a:/b
WSGIPythonEggs eggs
WSGIPythonOptimize 1
WSGIPythonWarnings error
WSGIPythonHashSeed 5
WSGIDontWriteBytecode On
WSGISwitchInterval 0.01
WSGIDestroyInterpreter Off
WSGIRestrictStdin On
WSGIRestrictStdout On
WSGIRestrictSignal Off
ForkloomWorkingDirectory work
ForkloomRequireApplications On
WSGIRestrictEmbedded On
WSGIPerInterpreterGIL On
WSGIFreeThreading On
WSGIServerMetrics On
WSGITelemetryService unix:/t interval=5
WSGITelemetryOptions All
WSGISlowRequests 5
WSGICaseSensitivity On
WSGISocketPrefix run/wsgi
WSGISocketRotation Off
WSGIAcceptMutex Default
WSGIVerboseDebugging On
WSGILazyInitialization On
WSGIDaemonProcess site processes=2 display-name=%{GROUP}
ExtendedStatus On
NameVirtualHost *:80
AcceptFilter http none
Mutex default
AsyncRequestWorkerFactor 2
MaxMemFree 100
ScoreBoardFile logs/scoreboard)-";

constexpr std::string_view kHost = R"-(ServerName https://www.example.com:443
ServerAdmin a@example.com
UseCanonicalName On
AllowEncodedSlashes NoDecode
ErrorLog logs/error
LogLevel info ssl:debug
LogFormat "%h \"%r\" \\ %t" short
CustomLog logs/access short env=!quiet
CustomLog - "%h '%r'"
Timeout 7
KeepAlive Off
KeepAliveTimeout 6
MaxKeepAliveRequests 5
LimitRequestLine 1000
LimitRequestFields 10
LimitRequestFieldSize 1000
RequestReadTimeout header=1-2,MinRate=3
RequestReadTimeout body=4
DocumentRoot htdocs
Alias /a /b
AliasMatch "^/(a|b c)" /d/$1
WSGIScriptAlias /e e.wsgi process-group=site application-group=%{GLOBAL}
WSGIScriptAliasMatch ^/f /f.wsgi callable-object=make()
ForkloomApplication /g g.h:i()
WSGIImportScript i.py process-group=site application-group=a
AccessFileName .htaccess
TraceEnable Off
MergeSlashes On
LimitInternalRecursion 5 6
HttpProtocolOptions Strict
Protocols http/1.1)-";

constexpr std::string_view kPath = R"-(Redirect permanent /a https://b/
RedirectMatch gone "\.php$"
RedirectTemp /c /d
RedirectPermanent /e /f
Require ip 10.0.0.0/8 ::1
Require local
Options Indexes
Options +ExecCGI -Indexes
DirectoryIndex a b
DirectorySlash Off
AddType text/x .x .y
AddEncoding gzip .gz
AddCharset utf-8 .u
AddDefaultCharset utf-8
FileETag INode Digest
EnableSendfile Off
ExpiresActive On
ExpiresDefault "access plus 1 month 2 days"
ExpiresByType image/* modification plus 1 hour
ForkloomPrecompressed Off
ForkloomHiddenFiles On
LimitRequestBody 1000
ErrorDocument 404 "not 'here', \"really\""
ErrorDocument 500 /oops
SetEnv A "a # b"
SetEnv B
UnsetEnv C D
PassEnv FORKLOOM_TEST_PRINTED
SetEnvIf User-Agent "^A \"b\"\\d" e=$1 !f
SetEnvIfNoCase Host x g
BrowserMatch x h
BrowserMatchNoCase x i
Header always set X-A "%{A}e 100%%" env=!b
Header unset X-B
WSGIProcessGroup site
WSGIApplicationGroup %{RESOURCE}
WSGICallableObject make()
WSGIScriptReloading Off
WSGIPassAuthorization On
CGIPassAuth Off
WSGIChunkedRequest On
WSGIMapHEADToGET On
WSGIErrorOverride On
WSGIEnableSendfile On
WSGIIgnoreActivity On
WSGITrustedProxyHeaders X-Forwarded-For
WSGITrustedProxies 10.0.0.0/8
WSGIRestrictProcess %{GLOBAL} site
WSGIDispatchScript d.py
WSGIHandlerScript x h.py
WSGIPassApacheRequest Off
HostnameLookups Off
ContentDigest Off
ServerSignature EMail
UseCanonicalPhysicalPort On
EnableMMAP Off
LimitXMLRequestBody 100
IndexOptions FancyIndexing
AddIcon /i .x
AddIconByType /i text/*
AddIconByEncoding /i gzip
ReadmeName README.html
HeaderName HEADER.html
IndexIgnore .??* *~
AddLanguage de .de
LanguagePriority en de
ForceLanguagePriority Prefer Fallback
SetHandler None
AddHandler type-map var
RemoveType es
DefaultIcon /i)-";

constexpr std::string_view kSection = R"-(ForceType text/plain
AllowOverride None
AllowOverrideList None
WSGIAccessScript a.py
WSGIAuthUserScript a.py
WSGIAuthGroupScript a.py application-group=b
WSGIGroupAuthoritative On)-";

std::string everything() {
  ::setenv("FORKLOOM_TEST_PRINTED", "kept", 1);
  std::string text(kEverything);
  for (const auto& [mark, part] : std::initializer_list<std::pair<std::string, std::string_view>>{
           {"@SERVER@", kServer}, {"@HOST@", kHost}, {"@PATH@", kPath}, {"@SECTION@", kSection}}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.replace(at, mark.size(), part);
    }
  }
  return text;
}

void collect_names(const Tree& tree, std::set<std::string>& names) {
  for (const Statement& statement : tree) {
    names.insert(lower(statement.name));
    collect_names(statement.children, names);
  }
}

TEST(Print, OfEverythingReadsBackToTheSameSettings) {
  EXPECT_EQ(said_of(everything()), "");
  round_trip(everything());
  round_trip("");
}

TEST(Print, IsTestedWithEveryDirectiveAndSection) {
  std::set<std::string> names;
  collect_names(configuration_of(everything()).tree, names);
  for (const Directive& row : directives()) {
    if (row.kind == Kind::kReading || row.name.starts_with("If")) continue;
    EXPECT_TRUE(names.contains(lower(row.name))) << row.name;
  }
}

TEST(Print, PutsBeforeEachLineWhereItComesFrom) {
  const MemoryFiles files{{"/etc/a", "\nTimeout 7\n"}};
  const std::string printed = round_trip(
      "ServerRoot /srv\nInclude /etc/a\n<virtualhost *>\n  errorlog a\n</virtualhost>\n"
      "<ifdefine !A>\nlisten   80\n</ifdefine>",
      files);
  EXPECT_THAT(printed, StartsWith("# What is in force; a comment says where the lines below it "
                                  "come from.\n# x:1\nServerRoot /srv\n# default\n"));
  EXPECT_THAT(printed, EndsWith("# /etc/a:2\nTimeout 7\n# x:3\n<VirtualHost *>\n  # x:4\n"
                                "  ErrorLog a\n</VirtualHost>\n# x:7\nListen 80\n"));
}

TEST(Print, LeavesOutWhatIsOverridden) {
  const std::string printed = round_trip(
      "Timeout 55\nTimeout 6\nKeepAlive Off\nWSGIServerMetrics On\nWSGIServerMetrics Off");
  EXPECT_THAT(printed, Not(HasSubstr("\nTimeout 55\n")));
  EXPECT_THAT(printed, Not(HasSubstr("\nTimeout 60\n")));
  EXPECT_THAT(printed, HasSubstr("# x:2\nTimeout 6\n"));
  EXPECT_THAT(printed, Not(HasSubstr("KeepAlive On\n")));
  EXPECT_THAT(printed, Not(HasSubstr("WSGIServerMetrics On\n")));
}

TEST(Print, ShowsDefaultsOfWhatIsNotSaid) {
  const std::string printed = round_trip("Listen 80\nOptions +Indexes");
  EXPECT_THAT(printed, Not(HasSubstr("Listen 127.0.0.1:8000\n")));
  EXPECT_THAT(printed, HasSubstr("\nOptions FollowSymLinks\n"));
  EXPECT_THAT(printed, HasSubstr("\nTimeout 60\n"));
  EXPECT_THAT(round_trip(""), HasSubstr("\nListen 127.0.0.1:8000\n"));
}

TEST(Print, ResolvesVariablesInclusionsConditionsAndModules) {
  const MemoryFiles files{{"/a", "SetEnv C ${B}"}};
  const std::string printed = without_comments(
      round_trip("Define B b-c\nInclude /a\n<IfDefine B>\nSetEnv D \"${B}\"\n</IfDefine>\n"
                 "LoadModule mpm_prefork_module x\nLoadModule alias_module x",
                 files));
  EXPECT_THAT(printed, EndsWith("\nSetEnv C b-c\nSetEnv D b-c\nMPM prefork\n"));
}

TEST(Print, KeepsWhateverAValueHolds) {
  for (const std::string value : {"",
                                  " ",
                                  "a b",
                                  "\t",
                                  "say \"x\"",
                                  "it's",
                                  "'",
                                  "\"",
                                  "\\",
                                  "a\\",
                                  "\\\\",
                                  "a\\\"b",
                                  "#",
                                  "# a",
                                  "<Directory /a>",
                                  "</Directory>",
                                  ">",
                                  "$",
                                  "${",
                                  "$$${}",
                                  "%{A}",
                                  "a\rb",
                                  "\x01",
                                  "\xC3\xA9"}) {
    const std::string line = "SetEnv A " + quote(value);
    EXPECT_EQ(settings_of(line).main.paths.environment.at(0).actions.at(0).value, value);
    round_trip(line);
    round_trip("<Directory " + quote("/" + value) + ">\n</Directory>");
  }
}

TEST(Print, KeepsADollarAndBraceWhateverTheEnvironmentHolds) {
  ::unsetenv("FORKLOOM_TEST_LATER");
  const Configuration configuration =
      configuration_of("SetEnv A \"${FORKLOOM_TEST_LATER} x\"\nSetEnv B ${FORKLOOM_TEST_LATER}");
  const std::string printed = print(configuration);
  ::setenv("FORKLOOM_TEST_LATER", "seen", 1);
  const Settings settings = settings_of(printed);
  ::unsetenv("FORKLOOM_TEST_LATER");
  EXPECT_EQ(without_origins(settings), without_origins(configuration.settings));
  EXPECT_EQ(settings.main.paths.environment.at(1).actions.at(0).value, "${FORKLOOM_TEST_LATER}");
}

TEST(Print, SeesPathsFromTheSameFolderWhereverItStands) {
  const std::string printed =
      round_trip("PidFile a", {}, {.defined = {}, .server_root = "/srv/my site"});
  EXPECT_THAT(printed, HasSubstr("\nServerRoot \"/srv/my site\"\n"));
  round_trip("PidFile a\nServerRoot /b\nErrorLog c", {}, {.defined = {}, .server_root = "/srv"});
}

TEST(Print, HasCommentsThatNoFileNameCanEnd) {
  const MemoryFiles files{{"/a\nListen 80\\", "Timeout 7"}};
  const std::string printed = round_trip("Include \"/*\"", files);
  EXPECT_THAT(printed, HasSubstr("# /a?Listen 80\\:1\nTimeout 7\n"));
}

}  // namespace
}  // namespace forkloom::config
