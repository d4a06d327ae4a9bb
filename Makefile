# The developer's commands. Each installs what it is missing.
#
#   make demo      build Steplog and run a real workflow of ECS tasks as processes on this machine
#   make test      all tests            make test-clients  those with boto3 and the aws CLI alone
#   make test-kafka-clients   those with Kafka clients that others wrote
#   make build     a debug build        make release   an optimised one, .build/release/steplog
#   make lint      what the formatter would change      make format   mend what the formatter can
#   make crash-test   kill Steplog at 200 random moments of each example (minutes)
#   make kill-test    kill engines and workers on Kafka 40 times between the calls of librdkafka (minutes)
#   make simulate  the whole system on virtual time, SEEDS=100000 of them; SEED=7 tells one seed's story and shrinks a failure
#   make chaos     engines, workers, API and broker killed, stopped and cut off under load (MINUTES=10 RATE=200 SEED=7)
#   make check-mutations   whether the simulation notices hand-made bugs (minutes)
#   make bench     the figures of Benchmarks/BENCHMARKS.md      make bench-api  Steplog's API beside moto and ministack
#   make bench-ecs  10,000 tasks in a scripted ECS, killed on the way; the hand-off with 1,000 in flight
#   make bench-ecs-kafka  the same 10,000 on three hosts with Kafka, one killed and one cut off
#   make clean     delete what was built

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test test-clients test-kafka-clients crash-test kill-test chaos simulate check-mutations build release lint format bench bench-kafka bench-api bench-ecs bench-ecs-kafka clean prepare

# A target that imports a module it does not name in Package.swift is an error, not an accident.
FLAGS := --explicit-target-dependency-import-check error
# Swift's own library inside the program: a fifth faster, and it runs where no Swift is installed.
RELEASE := $(FLAGS) --configuration release --static-swift-stdlib
EXAMPLE ?= media-pipeline
# Tests that keep all cores busy for a minute: by themselves.
BUSY := SimulationTests
# What hangs ends with exit code 124; the last tests that say "started" and not "passed" are those that hang.
LIMIT := timeout --kill-after 30

help:
	@sed -n 's/^#   //p' Makefile

prepare:
	@scripts/require-swift
	@scripts/install-packages

demo: prepare
	@echo "Building Steplog (the first time takes some minutes)…"
	@swift build $(FLAGS) --product steplog
	@scripts/demo "$$(swift build $(FLAGS) --show-bin-path)/steplog" $(EXAMPLE)

test: prepare
	swift build $(FLAGS) --build-tests
	$(LIMIT) 25m swift test $(FLAGS) --skip-build --skip '$(BUSY)' $(TEST_FLAGS)
	$(LIMIT) 10m swift test $(FLAGS) --skip-build --filter '$(BUSY)'
	$(LIMIT) 10m scripts/test-librdkafka --skip-build
	$(LIMIT) 15m scripts/test-clients "$$(swift build $(FLAGS) --show-bin-path)/steplog"
	$(LIMIT) 15m scripts/test-kafka-clients "$$(swift build $(FLAGS) --show-bin-path)/steplog"
	$(LIMIT) 5m scripts/chaos "$$(swift build $(FLAGS) --show-bin-path)/steplog" --minutes 0.4 --rate 15 --every 2.5 --seed 1
	$(LIMIT) 10m scripts/check-deploy

test-clients: prepare
	swift build $(FLAGS) --product steplog
	scripts/test-clients "$$(swift build $(FLAGS) --show-bin-path)/steplog" $(TEST_FLAGS)

test-kafka-clients: prepare
	swift build $(FLAGS) --product steplog
	scripts/test-kafka-clients "$$(swift build $(FLAGS) --show-bin-path)/steplog" $(TEST_FLAGS)

crash-test: prepare
	STEPLOG_KILLS=$${STEPLOG_KILLS:-200} swift test $(FLAGS) --filter CrashTests

kill-test: prepare
	STEPLOG_KILLS=$${STEPLOG_KILLS:-40} swift test $(FLAGS) --filter KillPointTests

chaos: release
	scripts/chaos "$$(swift build $(RELEASE) --show-bin-path)/steplog" --minutes $(or $(MINUTES),10) \
		--rate $(or $(RATE),200) $(if $(SEED),--seed $(SEED)) $(CHAOS_FLAGS)

simulate: prepare
	swift build $(RELEASE) --product simulate
	$(if $(SEED),"$$(swift build $(RELEASE) --show-bin-path)/simulate" --seed $(SEED),scripts/simulate \
		"$$(swift build $(RELEASE) --show-bin-path)/simulate" $(or $(SEEDS),10000) $(or $(FROM),1))

check-mutations: prepare
	scripts/check-mutations

build: prepare
	swift build $(FLAGS)

release: prepare
	swift build $(RELEASE) --product steplog

lint: prepare
	swift format lint --strict --recursive --parallel Package.swift Sources Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

format: prepare
	swift format --in-place --recursive --parallel Package.swift Sources Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

bench: prepare
	swift run --package-path Benchmarks --configuration release --static-swift-stdlib bench

# Needs a broker, e.g. `.build/release/steplog test-broker --port 9092`, named by STEPLOG_KAFKA_BOOTSTRAP.
bench-kafka: prepare
	cc -O2 -o /tmp/steplog-kafka-floor Benchmarks/kafka_floor/floor.c -lrdkafka -lpthread
	STEPLOG_KAFKA_FLOOR=/tmp/steplog-kafka-floor swift run --package-path Benchmarks --configuration release --static-swift-stdlib bench kafka

bench-api: release
	python3 Benchmarks/api_peers

bench-ecs: release
	python3 Benchmarks/ecs_chain.py reach --tasks 10000
	python3 Benchmarks/ecs_chain.py reach --tasks 10000 --kills 5
	python3 Benchmarks/ecs_chain.py handoff --inflight 1000 --speed 2 --seconds 40

# As root: hosts are network namespaces. SPEED times as fast as a real ECS.
bench-ecs-kafka: release
	scripts/chaos "$$(swift build $(RELEASE) --show-bin-path)/steplog" --reach $(or $(TASKS),10000) \
		--speed $(or $(SPEED),5) --seed $(or $(SEED),7)

clean:
	rm -rf .build Benchmarks/.build
