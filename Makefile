# copydesk. Everything a developer or CI runs; `make help` lists it.
.DEFAULT_GOAL := help
CARGO ?= cargo
VENV ?= .venv
TOOLS := $(VENV)/.tools

.PHONY: help run test test-clients lint fmt bench doc core proto-lint image-lint image-test

help: ## Lists the targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: ## Builds the release binary and serves on 127.0.0.1:50051 (admin on 127.0.0.1:9090).
	$(CARGO) run --release -- serve

test: ## All tests of the library and the server, doc tests included.
	$(CARGO) test --quiet

test-clients: $(TOOLS) ## Generated clients in other languages against a running server.
	tests/clients/run

lint: core proto-lint image-lint ## Format, clippy, docs, contract, Dockerfile, manifests.
	$(CARGO) fmt --check
	$(CARGO) clippy --quiet --all-targets -- -D warnings
	$(MAKE) doc

core: ## The library without the server: no network, no async, three packages.
	$(CARGO) clippy --quiet --lib --no-default-features -- -D warnings

doc: ## The documentation, broken links being errors.
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --quiet --no-deps --document-private-items

proto-lint: $(TOOLS) ## The contract: format, STANDARD and COMMENTS.
	cd proto && PATH="$(abspath $(VENV))/bin:$$PATH" buf format --diff --exit-code && PATH="$(abspath $(VENV))/bin:$$PATH" buf lint

image-lint: $(TOOLS) ## Dockerfile and Kubernetes manifests.
	$(VENV)/bin/hadolint Dockerfile
	PATH="$(abspath $(VENV))/bin:$$PATH" deploy/validate

image-test: ## The static program in an empty root; the final image when buildah is here. Needs root.
	deploy/empty-root
	command -v buildah >/dev/null && deploy/image-test || echo "image-test: buildah is not on this machine"

fmt: ## Formats Rust and protos.
	$(CARGO) fmt
	cd proto && PATH="$(abspath $(VENV))/bin:$$PATH" buf format --write

bench: ## Library time over the one-pass floor, megabytes a second, growth, hostile texts.
	$(CARGO) bench --quiet --no-default-features

# Linters and the Python client, by package name from PyPI, in an environment of their own.
$(TOOLS): tests/clients/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
	touch $@
