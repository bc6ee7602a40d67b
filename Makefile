# SPDX-License-Identifier: GPL-3.0-or-later
# Short names for the few commands one needs; Meson does the work.

.PHONY: all demo check check-full bench install docs clean format
.DEFAULT_GOAL := all
MAKEFLAGS += --no-print-directory

TEST_OPTIONS = --buildtype=debugoptimized -Doptimization=1 -Db_sanitize=address,undefined \
               -Dtest_allocation=true

# the program and the library, optimised, in build/
all: build/build.ninja
	@ninja -C build --quiet

# runs the main job on the built-in model and says where its report is
demo: all
	@tools/demo

# every test, under the address and undefined-behaviour sanitizers; ends with the count
check: build-check/build.ninja
	@rm -f build-check/meson-logs/testlog.json
	@meson test -C build-check --print-errorlogs; ran=$$?; \
	tools/count-tests build-check/meson-logs/testlog.json && exit $$ran

# sanitizers of threads, valgrind, coverage, fuzzing: about half an hour
check-full:
	@tools/install-deps --full
	@tools/check-full

# events per second, also against size; beside other programs where bench/peers/install has put them
bench: build-bench/build.ninja
	@meson test -C build-bench --benchmark --verbose
	@ninja -C build-bench --quiet bench/time_model cli/spillway
	@bench/peers/compare build-bench
	@bench/peers/structure build-bench
	@bench/peers/thermo build-bench

# PREFIX=/some/where chooses the place
install: all
	@$(if $(PREFIX),meson configure build --prefix=$(PREFIX))
	@meson install -C build

docs: build/build.ninja
	@ninja -C build docs

clean:
	rm -rf build build-*

format:
	find include src cli tests bench fuzz -name '*.[ch]' -exec clang-format -i {} +

build/build.ninja: | dependencies
	@meson setup build

build-check/build.ninja: | dependencies
	@meson setup build-check $(TEST_OPTIONS)

build-bench/build.ninja: | dependencies
	@meson setup build-bench -Dbench=true

.PHONY: dependencies
dependencies:
	@tools/install-deps
