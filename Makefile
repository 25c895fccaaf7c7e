# Every target sets up what it lacks. Settings: ORION_PORT, ORION_DATA_DIR, DATABASE_URL (for the server), ORION_DOCS_PORT, ORION_CACHE (tools and build results).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build-apps run dev package test check-api check-template check-upgrade bench fuzz lint docs docs-serve format format-check clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what building and running need
	@scripts/setup

build-apps: setup ## build the three apps into dist/
	@scripts/build-apps

run: build-apps ## build everything and serve the demo on http://localhost:8080
	@. scripts/env; cargo build --release -p orion; exec "$$CARGO_TARGET_DIR/release/orion" serve --demo

package: build-apps ## build what is shipped into target/package: the program, and its symbols beside it
	@scripts/package

dev: ## serve the demo and rebuild on change
	@exec scripts/dev

test: ## run all tests; T=name runs those whose name contains it
	@exec scripts/test $(if $(T),'$(T)')

bench: build-apps ## measure against a bare handler and pgbench
	@scripts/setup-bench; scripts/setup-browser; exec scripts/bench

check-api: setup ## buy something with generated clients, and let schemathesis try the API for three minutes
	@scripts/setup --tests; . scripts/env; cargo build "$${server_crates[@]}" --bin orion; exec env ORION_BIN="$$CARGO_TARGET_DIR/debug/orion" scripts/in-memory node tests/clients/with-server.mjs scripts/check-clients scripts/check-api

check-template: setup ## make a module and a page from the templates, in a copy, and hold them against rules and tests
	@scripts/setup --tests; exec scripts/check-template

check-upgrade: ## let the program of a day ago work beside today's on today's schema
	@scripts/check-upgrade

fuzz: ## give the parsers of what comes from outside made-up input for some minutes
	@scripts/setup-nextest; exec scripts/fuzz

lint: ## slips in words, licences, migrations, links, clippy for the server and the browser; warnings are errors
	@exec scripts/lint

docs: ## make a site of the documentation; a link that leads nowhere is an error
	@scripts/docs

docs-serve: ## show the documentation on http://localhost:3300
	@exec scripts/docs --serve

format: ## format all Rust code
	@scripts/format

format-check: ## fail when something is not formatted
	@scripts/format --check

clean: ## remove build results and npm's tools; data and installed tools stay
	@. scripts/env; rm -rf dist target node_modules "$$CARGO_TARGET_DIR" "$$ORION_WASM_TARGET_DIR"*
