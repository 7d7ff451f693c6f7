# Forkloom from a fresh clone. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash

VENV := build/venv
FUZZ_SECONDS ?= 60
# Sanitizers follow the server; what only drives other programs, or waits out long timers, stays
# with the release build.
SANITIZED_TESTS := $(addprefix tests/test_,$(addsuffix .py,http bodies wsgi threads stop logs \
                     static_files static_traversal listings precompressed \
                     requests_and_answers script_reloading several_applications trusted_proxies \
                     virtual_hosts without_python wsgi_directives))
PYTEST := $(VENV)/bin/pytest -c tests/pytest.ini --rootdir . -p no:cacheprovider -q -n 4 --dist worksteal
# One target per CPython version: forkloom_runtime_311, forkloom_runtime_314t.
RUNTIME_TARGETS := ninja -C build -t targets all | sed -nE 's/^(forkloom_runtime_[0-9]+t?): .*/\1/p'
ADDRESS_LIBRARY = $(shell $(CXX) -print-file-name=libasan.so)
THREAD_LIBRARY = $(shell $(CXX) -print-file-name=libtsan.so)

.PHONY: help packages build serve test asan tsan lint fuzz bench clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

packages:
	@tools/install_packages.sh build

build: packages ## build/forkloom and its runtime modules, with every test
	cmake --preset release --log-level=WARNING
	cmake --build --preset release

serve: packages ## the example on http://127.0.0.1:8000
	cmake --preset release --log-level=WARNING
	cmake --build --preset release --target forkloom $$($(RUNTIME_TARGETS))
	build/forkloom serve examples/demo/app.wsgi --bind 127.0.0.1:8000

test: build $(VENV)/installed ## every test: units, then end to end
	@tools/install_packages.sh test
	ctest --preset release -j 2 -Q --output-log build/ctest.log || { cat build/ctest.log; exit 1; }
	@tail -n 3 build/ctest.log
	$(PYTEST) tests examples bench

asan: packages $(VENV)/installed ## units and a part of the end-to-end tests under AddressSanitizer
	cmake --preset asan --log-level=WARNING
	cmake --build --preset asan
	ctest --preset asan -j 2 -Q --output-log build-asan/ctest.log || { cat build-asan/ctest.log; exit 1; }
	@tail -n 3 build-asan/ctest.log
	FORKLOOM_BINARY=build-asan/forkloom FORKLOOM_PRELOAD=$(ADDRESS_LIBRARY) \
	  $(PYTEST) -m "not slow" $(SANITIZED_TESTS)

tsan: packages $(VENV)/installed ## the same under ThreadSanitizer
	cmake --preset tsan --log-level=WARNING
	cmake --build --preset tsan
	ctest --preset tsan -j 2 -Q --output-log build-tsan/ctest.log || { cat build-tsan/ctest.log; exit 1; }
	@tail -n 3 build-tsan/ctest.log
	FORKLOOM_BINARY=build-tsan/forkloom FORKLOOM_PRELOAD=$(THREAD_LIBRARY) \
	  $(PYTEST) -m "not slow" $(SANITIZED_TESTS)

lint: packages ## clang-format, clang's warnings, clang-tidy
	@tools/install_packages.sh lint
	tools/lint.sh

fuzz: packages ## the fuzzers, each for a minute; what they find stays in build-fuzz/
	@tools/install_packages.sh lint
	cmake --preset fuzz --log-level=WARNING
	cmake --build --preset fuzz
	mkdir -p build-fuzz/request_reader build-fuzz/path build-fuzz/routing build-fuzz/config
	cd build-fuzz && ./request_reader_fuzz -dict=../fuzz/http.dict -max_total_time=$(FUZZ_SECONDS) \
	  request_reader ../fuzz/corpus/request_reader
	cd build-fuzz && ./path_fuzz -max_total_time=$(FUZZ_SECONDS) path ../fuzz/corpus/path
	cd build-fuzz && ./routing_fuzz -max_total_time=$(FUZZ_SECONDS) routing ../fuzz/corpus/routing
	cd build-fuzz && ./config_fuzz -dict=../fuzz/config.dict -max_total_time=$(FUZZ_SECONDS) \
	  config ../fuzz/corpus/config

bench: build ## against other servers, into docs/BENCHMARKS.md
	python3 bench/run.py

clean: ## removes everything that was built
	rm -rf build build-*/

$(VENV)/installed: tests/requirements.txt | packages
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@
