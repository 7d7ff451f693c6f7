#include <benchmark/benchmark.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

config::Settings site() {
  config::Settings settings;
  settings.main.mappings = {alias("/static", "/srv/static"), script("/", "/srv/app.wsgi")};
  return settings;
}

// As a distribution's configuration has them.
config::Settings site_with_sections() {
  config::Settings settings = site();
  settings.main.sections = {
      section(Kind::kDirectory, "/", "a"),      section(Kind::kDirectory, "/srv", "b"),
      section(Kind::kDirectory, "/srv/*", "c"), section(Kind::kFiles, ".ht*", "d"),
      section(Kind::kLocation, "/status", "e"), section(Kind::kLocationMatch, "[.]php$", "f"),
  };
  config::Host& host = settings.virtual_hosts.emplace_back();
  host.addresses = {{.host = "", .port = 80}};
  host.name = "example.org";
  return settings;
}

void route_one(benchmark::State& state, const config::Settings& settings, const char* path) {
  Router router(settings);
  Route into;
  for (auto _ : state) {
    const std::size_t host = router.find_host("192.0.2.1", 80, false, "example.org");
    router.route(host, path, path, "", "192.0.2.7", into);
    benchmark::DoNotOptimize(into.place);
  }
}

BENCHMARK_CAPTURE(route_one, application, site(), "/shop/cart");
BENCHMARK_CAPTURE(route_one, file, site(), "/static/css/site.css");
BENCHMARK_CAPTURE(route_one, application_with_sections, site_with_sections(), "/shop/cart");
BENCHMARK_CAPTURE(route_one, file_with_sections, site_with_sections(), "/static/css/site.css");

}  // namespace
}  // namespace forkloom::routing
