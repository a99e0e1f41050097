# Every target sets up what it needs by itself. More arguments: make test ARGS="-k schedule"
PYTHON ?= python3
BOOTSTRAP = @$(PYTHON) scripts/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test demo check screenshots bench kill-test fuzz package package-windows lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; do printf '%-20s %s\n' "$$target" "$$what"; done

run: ## open the program on the sample cycle (without a display: make demo)
	$(BOOTSTRAP) run $(ARGS)

test: ## run all tests, with coverage
	$(BOOTSTRAP) test $(ARGS)

demo: ## drive the window through all ten steps into build/demo
	$(BOOTSTRAP) demo $(ARGS)

check: ## all that CI does: lint, format, types, the built program's own test, tests
	$(BOOTSTRAP) check $(ARGS)

screenshots: ## pictures of every screen and dialog into build/screenshots
	$(BOOTSTRAP) screenshots $(ARGS)

bench: ## measure speed
	$(BOOTSTRAP) bench $(ARGS)

fuzz: ## throw damaged files at everything that reads from outside (ARGS="--seconds S TARGET")
	$(BOOTSTRAP) fuzz $(ARGS)

kill-test: ## kill the program at random moments and look for losses (ARGS="--kills N --seconds S")
	$(BOOTSTRAP) kill-test $(ARGS)

package: ## build the program that runs without Python, and its Debian package, into dist
	$(BOOTSTRAP) package $(ARGS)

package-windows: ## build the Windows program and its installer into dist (here with wine; see docs/teknisi.md)
	$(BOOTSTRAP) package-windows $(ARGS)

lock: ## write the pinned requirements anew (ARGS=--upgrade takes newer versions)
	$(BOOTSTRAP) lock $(ARGS)

clean: ## remove what these commands made, but for the virtual environment
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
