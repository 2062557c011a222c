.PHONY: help run check tools generate test bench prove faults extract-report e2e

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

run: ## start Chronicle on this machine
	go run ./cmd/chronicle serve

tools: ## install what the tests need: a C compiler, Chromium, PostgreSQL
	@./scripts/tools.sh

generate: ## generate Go from templ and format everything
	go tool templ fmt .
	go tool templ generate
	go tool gofumpt -w .

check: ## the quick check: format, vet, staticcheck, unit tests on SQLite without a browser
	@./scripts/lint.sh
	@go test -skip 'Postgres|/postgres$$' $$(go list ./... | grep -v /e2e)

test: ## everything that must hold, on both databases and in Chromium
	@./scripts/test.sh

bench: tools ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

prove: ## check a million questions against the rules
	go test -count=1 -v -run TestProve -timeout 60m ./quiz/kinds -args -questions 1000000

faults: ## attack the built program with hostile clients and overload, and print what it needed
	go test -count=1 -v -tags faults -run TestFault -timeout 20m ./cmd/chronicle

extract-report: ## measure how well dates and facts are found, by kind of expression
	@go test -count=1 -v -run 'TestReport|TestTraps' ./quiz/extract | grep -v '^==='

e2e: tools ## drive the built program in a real browser
	go test -count=1 -v ./cmd/chronicle/e2e/...
