// Counts the allocations of the whole test program, so that a steady state without any is seen.

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace {

std::atomic<std::size_t> allocations{0};

void* allocate(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace forkloom::routing {
namespace {

using Kind = config::Section::Kind;

config::Settings site() {
  config::Settings settings;
  settings.main.document_root = "/srv/the/root/of/documents";
  settings.main.mappings = {alias("/static", "/srv/a/folder/of/static/files"),
                            script("/app", "/srv/a/folder/of/applications/app.wsgi"),
                            module("/module", "package.module")};
  settings.main.sections = {
      section(Kind::kDirectory, "/srv/a", "a"), section(Kind::kDirectory, "/srv/*/folder", "wild"),
      section(Kind::kFiles, ".ht*", "hidden"), section(Kind::kLocation, "/app", "app"),
      section(Kind::kLocationMatch, "^/(static|module)/", "match")};
  settings.main.sections[0].settings.require = {
      {.kind = config::Requirement::Kind::kLocal, .networks = {}}};
  config::Host& host = settings.virtual_hosts.emplace_back();
  host.addresses = {{.host = "", .port = 80}, {.host = "192.0.2.1", .port = 80}};
  host.name = "a-name-that-is-too-long-for-a-short-string.example.org";
  host.aliases = {"*.example.org"};
  return settings;
}

TEST(RouterAllocation, IsNoneOnceTheRoomHasGrown) {
  Router router(site());
  Route into;
  std::size_t granted = 0;
  const auto route_all = [&] {
    for (const char* path : {"/static/a/file/with/a/long/name.css", "/app/some/long/path/of/it",
                             "/module/some/long/path/of/it", "/a/document/with/a/long/name.html"}) {
      const std::size_t host = router.find_host("192.0.2.1", 80, false, "WWW.Example.org:80");
      router.route(host, path, path, "query", "127.0.0.1", into);
      if (into.kind != Route::Kind::kRefused) ++granted;
    }
  };
  route_all();
  const std::size_t before = allocations.load();
  EXPECT_GT(before, 0U);
  route_all();
  EXPECT_EQ(allocations.load(), before);
  EXPECT_EQ(granted, 8U);
}

}  // namespace
}  // namespace forkloom::routing
