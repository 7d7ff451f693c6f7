#include "wsgi/file_wrapper.h"

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

// An application that returns `expression`; a temporary file of bytes 0 to 99999 stands in `path`.
std::string returning(const std::string& expression, const std::string& headers = "[]") {
  return R"(
import gzip, io, os, tempfile
handle, path = tempfile.mkstemp()
content = bytes(range(250)) * 400
with open(handle, 'wb') as f: f.write(content)
opened = []
def opening(*args, at=0, **keywords):
    opened.append(open(path, *(args or ('rb',)), **keywords))
    if at: opened[-1].seek(at)
    return opened[-1]
def after_reading(count):
    f = opening()
    f.read(count)
    return f
class Django:  # as django.core.files.File passes calls on
    def __init__(self, file): self.file = file
    read = property(lambda self: self.file.read)
    close = property(lambda self: self.file.close)
class Own:
    closed = 0
    def __init__(self): self.blocks = [b'one', b'two', b'']
    def read(self, size): return self.blocks.pop(0)
    def close(self): Own.closed += 1
class Bare:
    read = Own.read
    __init__ = Own.__init__
def named_temporary():
    f = tempfile.NamedTemporaryFile()
    f.write(content)
    f.seek(10)
    opened.append(f)
    return f
def zipped():
    with gzip.open(path + '.gz', 'wb') as f: f.write(content)
    opened.append(gzip.open(path + '.gz'))
    return opened[-1]
def piped():
    r, w = os.pipe()
    os.write(w, b'piped')
    os.close(w)
    opened.append(open(r, 'rb'))
    return opened[-1]
def application(environ, start_response):
    wrap = environ['wsgi.file_wrapper']
    start_response('200 OK', )" +
         headers + R"()
    return )" +
         expression + "\n";
}

class FileWrapper : public testing::Test {
 protected:
  RecordingResponse serve(const std::string& expression, const std::string& headers = "[]",
                          const Asked& asked = {}) {
    TestServer server(returning(expression, headers));
    server.site.place.sends_files = sends_files_;
    auto response = server.serve(asked);
    content_ = server.eval("content.decode('latin-1').encode('unicode_escape').decode()");
    EXPECT_EQ(server.eval("all(f.closed for f in opened)"), "True") << expression;
    server.run("os.unlink(path)");
    errors_ = server.log.text();
    return response;
  }
  static std::string bytes(std::size_t begin, std::size_t size) {
    std::string all;
    for (std::size_t i = begin; i < begin + size; ++i) all += static_cast<char>(i % 250);
    return all;
  }

  bool sends_files_ = true;
  std::string content_;
  std::string errors_;
};

TEST_F(FileWrapper, ARegularFileIsSentAsAFile) {
  for (const char* file : {"opening()", "opening('rb', buffering=0)", "opening('r+b')",
                           "Django(opening())", "filelike"}) {
    const std::string expression = file == std::string("filelike")
                                       ? "wrap(filelike=opening(), blksize=10)"
                                       : "wrap(" + std::string(file) + ")";
    const auto response = serve(expression);
    EXPECT_EQ(response.files, 1) << expression;
    EXPECT_EQ(response.body, bytes(0, 100000)) << expression;
    EXPECT_EQ(response.body_length, 100000U);
    EXPECT_EQ(response.finishes, 1);
    EXPECT_EQ(errors_, "");
  }
}

TEST_F(FileWrapper, FromItsCurrentPosition) {
  for (const char* file : {"opening(at=70000)", "after_reading(70000)"}) {
    const auto response = serve("wrap(" + std::string(file) + ")");
    EXPECT_EQ(response.files, 1);
    EXPECT_EQ(response.body, bytes(70000, 30000));
    EXPECT_EQ(response.body_length, 30000U);
  }
  EXPECT_EQ(serve("wrap(opening(at=100000))").body_length, 0U);
  EXPECT_EQ(serve("wrap(opening(at=200000))").body, "");
}

TEST_F(FileWrapper, NoFurtherThanTheDeclaredLength) {
  const auto part = serve("wrap(opening(at=5))", "[('Content-Length', '7')]");
  EXPECT_EQ(part.body, bytes(5, 7));
  EXPECT_EQ(part.body_length, std::nullopt);
  EXPECT_EQ(serve("wrap(opening(at=5))", "[('Content-Length', '0')]").body, "");
  const auto missing = serve("wrap(opening(at=99999))", "[('Content-Length', '7')]");
  EXPECT_EQ(missing.body, bytes(99999, 1));
}

TEST_F(FileWrapper, ATemporaryFileWithWhatWasJustWritten) {
  const auto response = serve("wrap(named_temporary())");
  EXPECT_EQ(response.files, 1);
  EXPECT_EQ(response.body, bytes(10, 99990));
}

TEST_F(FileWrapper, WhatReadsSomethingElseThanTheFileIsIterated) {
  const auto unzipped = serve("wrap(zipped())");
  EXPECT_EQ(unzipped.files, 0);
  EXPECT_EQ(unzipped.body, bytes(0, 100000));
  const auto piped = serve("wrap(piped())");
  EXPECT_EQ(piped.files, 0);
  EXPECT_EQ(piped.body, "piped");
  const auto memory = serve("wrap(io.BytesIO(content))");
  EXPECT_EQ(memory.files, 0);
  EXPECT_EQ(memory.body, bytes(0, 100000));
  EXPECT_EQ(memory.calls.front(), 8192U);
  EXPECT_EQ(serve("wrap(io.BytesIO(content), 100000)").calls.front(), 100000U);
}

TEST_F(FileWrapper, WhereThePlaceSendsNoFilesItIsReadInBlocksOfAKnownLength) {
  sends_files_ = false;
  const auto whole = serve("wrap(opening(), 30000)");
  EXPECT_EQ(whole.files, 0);
  EXPECT_EQ(whole.body, bytes(0, 100000));
  EXPECT_THAT(whole.calls, testing::ElementsAre(30000, 30000, 30000, 10000));
  EXPECT_EQ(whole.body_length, 100000U);
  EXPECT_EQ(whole.finishes, 1);
  EXPECT_EQ(serve("wrap(opening(at=99999))").body, bytes(99999, 1));
  EXPECT_EQ(serve("wrap(opening(at=100000))").body_length, 0U);
  EXPECT_EQ(serve("wrap(opening(at=5))", "[('Content-Length', '7')]").body, bytes(5, 7));
  const auto head = serve("wrap(opening())", "[]", {.method = "HEAD"});
  EXPECT_EQ(head.body_length, 100000U);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(serve("wrap(opening(), 10)", "[]", {.stops_after = 2}).aborts, 1);
}

TEST_F(FileWrapper, ATextFileIsATypeError) {
  const auto response = serve("wrap(opening('r', encoding='latin-1'))");
  EXPECT_EQ(response.aborts, 1);
  EXPECT_THAT(errors_, HasSubstr("is a str: it must be bytes"));
}

TEST_F(FileWrapper, AClosedFileIsAnError) {
  const auto response = serve("(lambda f: (f.close(), wrap(f))[1])(opening())");
  EXPECT_EQ(response.aborts, 1);
  EXPECT_THAT(errors_, HasSubstr("ValueError"));
}

TEST_F(FileWrapper, AnObjectOfTheApplicationsOwn) {
  TestServer server(returning("wrap(Own())"));
  EXPECT_EQ(server.serve().body, "onetwo");
  EXPECT_EQ(server.eval("Own.closed"), "1");
  TestServer bare(returning("wrap(Bare())"));
  const auto response = bare.serve();
  EXPECT_EQ(response.body, "onetwo");
  EXPECT_EQ(response.finishes, 1);
  EXPECT_EQ(bare.log.text(), "");
}

TEST_F(FileWrapper, HeadSendsNoFile) {
  const auto response = serve("wrap(opening())", "[]", {.method = "HEAD"});
  EXPECT_EQ(response.files, 0);
  EXPECT_EQ(response.body_length, 100000U);
  EXPECT_EQ(response.finishes, 1);
}

TEST_F(FileWrapper, AClientThatLeftBeforeTheFileGetsNone) {
  const auto response = serve("wrap(opening())", "[]", {.stops_after = 1});
  EXPECT_EQ(response.files, 0);
  EXPECT_EQ(response.aborts, 1);
}

TEST_F(FileWrapper, StartResponseMustHaveBeenCalled) {
  TestServer server(
      "import io\ndef application(e, s): return e['wsgi.file_wrapper'](io.BytesIO(b'x'))\n");
  EXPECT_EQ(server.serve().aborts, 1);
  EXPECT_THAT(server.log.text(), HasSubstr("did not call start_response"));
}

}  // namespace
}  // namespace forkloom::wsgi
