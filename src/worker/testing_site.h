#pragma once

// For tests: a site made of a configuration's text, in a folder of its own that is gone afterwards.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "config/parser.h"
#include "worker/site.h"
#include "worker/testing_log.h"

namespace forkloom::worker {

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    folder_ = std::filesystem::canonical(::mkdtemp(name.data()));
  }
  ~SiteTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, std::string_view content = "") const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  std::string content(const std::string& name) const {
    std::ifstream file(folder_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // "@" stands for the test's folder.
  void read(std::string_view text) {
    std::string expanded;
    for (const char c : text) expanded += c == '@' ? folder_.string() : std::string(1, c);
    auto settings = config::parse(expanded, "x");
    ASSERT_TRUE(settings) << settings.error().front().text();
    settings_ = std::move(*settings);
  }
  void make(std::string_view text) {
    ASSERT_NO_FATAL_FAILURE(read(text));
    auto site = Site::make(settings_, inheritance_, log_);
    ASSERT_TRUE(site) << site.error().message();
    site_ = std::move(*site);
  }

  std::filesystem::path folder_;
  TestingLog log_;
  config::Settings settings_;
  handoff::Inheritance inheritance_;
  std::unique_ptr<Site> site_;
};

}  // namespace forkloom::worker
