V := .venv
export UV_PYTHON_DOWNLOADS := never
export UV_NO_CONFIG := 1
PORT ?= 8000

$(V)/.uv: requirements-uv.txt
	python3 -m venv $(V) && $(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $< && touch $@
$(V)/.run: requirements.txt pyproject.toml $(V)/.uv
	$(V)/bin/uv pip sync -q --python $(V)/bin/python --require-hashes $< requirements-uv.txt
	$(V)/bin/uv pip install -q --python $(V)/bin/python --no-deps --no-build-isolation -e . && touch $@
$(V)/.test: requirements-test.txt pyproject.toml $(V)/.uv
	$(V)/bin/uv pip sync -q --python $(V)/bin/python --require-hashes $< requirements-uv.txt
	$(V)/bin/uv pip install -q --python $(V)/bin/python --no-deps --no-build-isolation -e . && touch $@ $(V)/.run

.PHONY: test
test: $(V)/.test
	$(V)/bin/pytest -n auto
