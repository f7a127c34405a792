# One line per chore; the work is in scripts/. `make` alone prints this menu from the ## comments.
# A variable is given after the target (make run PORT=8001) or in the environment.

.DEFAULT_GOAL := menu
.PHONY: menu run test install format lock messages shell bench weight clean

PYTHON_IN_VENV := .venv/bin/python
ARGS ?=

menu: ## Print this menu
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  For run: HOST=127.0.0.1 PORT=8000 DEMO=yes|no SERVER=gunicorn|granian VAR_DIR=var PYTHON=python3"
	@echo "  For test: ARGS=\"tests/articles -k schedule\" CHROMIUM=/path/to/chromium INTERLEAVINGS=200"

run: ## Start the newsroom on this machine; the first time with a demo newspaper in it
	@scripts/run.sh

test: ## Check style and migrations, then run every test, browser tests included
	@scripts/test.sh $(ARGS)

install: ## Create .venv with what running, testing and checking need
	@scripts/install.sh requirements-dev.txt

format: install ## Lay out the Python files and mend what ruff can mend
	@$(PYTHON_IN_VENV) -m ruff check --fix .
	@$(PYTHON_IN_VENV) -m ruff format .

lock: ## Write requirements*.txt anew from pyproject.toml, with today's releases
	@scripts/lock.sh

messages: install ## Bring the catalogues in locale/ in step with the words of the code
	@$(PYTHON_IN_VENV) scripts/messages.py

shell: install ## Open a Python shell with the newsroom's models loaded
	@LOCAL_TRIAL=$${LOCAL_TRIAL:-yes} $(PYTHON_IN_VENV) manage.py shell

bench: install ## Time readers' pages and the desk over 100,000 stories in a scratch database
	@LOCAL_TRIAL=$${LOCAL_TRIAL:-yes} $(PYTHON_IN_VENV) manage.py bench $(ARGS)

weight: install ## Weigh the readers' pages of the demo newsroom; fails above the budget
	@LOCAL_TRIAL=$${LOCAL_TRIAL:-yes} $(PYTHON_IN_VENV) manage.py weigh

clean: ## Remove .venv and caches; the stories and pictures in var/ stay
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/static
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
