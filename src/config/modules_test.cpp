#include "config/modules.h"

#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

TEST(Modules, AreKnownByEachOfTheirNames) {
  for (const std::string_view name :
       {"alias_module", "mod_alias.c", "alias", "MOD_ALIAS.C", "wsgi_module", "mod_wsgi.c",
        "core.c", "http_core.c", "mod_so.c", "mpm_event_module", "mpm_winnt.c"}) {
    EXPECT_TRUE(is_built_in(name)) << name;
  }
  for (const std::string_view name :
       {"ssl_module", "mod_rewrite.c", "", "x", "_module", "mod_.c"}) {
    EXPECT_FALSE(is_built_in(name)) << name;
  }
}

TEST(Modules, OfProcessesChooseAModel) {
  for (const std::string_view name :
       {"prefork", "prefork.c", "mpm_prefork_module", "mod_mpm_prefork.c"}) {
    EXPECT_EQ(model_of_module(name), Model::kPrefork) << name;
  }
  for (const std::string_view name : {"worker", "event", "mpm_event_module", "worker.c"}) {
    EXPECT_EQ(model_of_module(name), Model::kWorker) << name;
  }
  for (const std::string_view name : {"winnt", "mpm_winnt_module", "mpm_winnt.c"}) {
    EXPECT_EQ(model_of_module(name), Model::kWinnt) << name;
  }
  EXPECT_EQ(model_of_module("alias_module"), std::nullopt);
  for (const Model model : {Model::kPrefork, Model::kWorker, Model::kWinnt}) {
    EXPECT_EQ(model_of_module(model_name(model)), model);
  }
}

TEST(LoadModule, IsSilentWhereTheModuleIsBuiltInAndWarnsOtherwise) {
  expect_sayings({
      {"LoadModule alias_module modules/mod_alias.so", ""},
      {"LoadModule wsgi_module", ""},
      {"LoadModule ssl_module modules/mod_ssl.so",
       "warning: LoadModule: the module ssl_module is not part of Forkloom: encrypted connections "
       "will be missing"},
      {"LoadModule access_compat_module",
       "warning: LoadModule: the module access_compat_module is not part of Forkloom: Order, Allow "
       "and Deny (write Require) will be missing"},
      {"LoadModule remoteip_module",
       "warning: LoadModule: the module remoteip_module is not part of Forkloom: client addresses "
       "from proxies (write WSGITrustedProxies) will be missing"},
      {"LoadModule foo_module",
       "warning: LoadModule: the module foo_module is not part of Forkloom: what it does will be "
       "missing"},
      {"LoadModule",
       "LoadModule: it takes a module's name and its file: write LoadModule alias_module "
       "modules/mod_alias.so"},
      {"LoadModule a b c",
       "LoadModule: it takes a module's name and its file: write LoadModule alias_module "
       "modules/mod_alias.so"},
  });
}

TEST(LoadModule, OfAMultiProcessingModuleChoosesTheModel) {
  EXPECT_EQ(settings_of("").model, Model::kWinnt);
  EXPECT_EQ(settings_of("LoadModule mpm_event_module x").model, Model::kWorker);
  EXPECT_EQ(settings_of("LoadModule mpm_prefork_module x").model, Model::kPrefork);
  EXPECT_EQ(settings_of("LoadModule mpm_prefork_module x\nMPM worker").model, Model::kWorker);
}

TEST(Purpose, IsWhatWillBeMissing) {
  EXPECT_EQ(purpose_of("mod_ssl"), "encrypted connections");
  EXPECT_EQ(purpose_of("foo"), "what it does");
}

}  // namespace
}  // namespace forkloom::config
