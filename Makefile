# Every target is one line over tools/foreword.py, so a machine without make can call the script itself.
PYTHON ?= python3
FOREWORD = $(PYTHON) tools/foreword.py

.PHONY: run test test-long bench check lock migrate messages api-types

run:        ; @$(FOREWORD) run
test:       ; @$(FOREWORD) test
test-long:  ; @$(FOREWORD) test-long
bench:      ; @$(FOREWORD) bench
check:      ; @$(FOREWORD) check
lock:       ; @$(FOREWORD) lock
migrate:    ; @$(FOREWORD) migrate
messages:   ; @$(FOREWORD) messages
api-types:  ; @$(FOREWORD) api-types
