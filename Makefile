.PHONY: run tools generate test bench prove faults extract-report e2e

run: ## starts Chronicle on this machine
	go run ./cmd/chronicle serve

tools: ## what the tests need beside Go: Chromium, PostgreSQL
	@./scripts/tools.sh

generate: ## Go from templ, and everything formatted
	go tool templ fmt .
	go tool templ generate
	go tool gofumpt -w .

test: ## everything that must hold
	@./scripts/test.sh

bench: tools
	go test -run '^$$' -bench . -benchmem ./...

prove: ## a million questions against the rules they promise to keep
	go test -count=1 -v -run TestProve -timeout 60m ./quiz/kinds -args -questions 1000000

faults: ## hostile clients and overload against the built program, with what it needed
	go test -count=1 -v -tags faults -run TestFault -timeout 20m ./cmd/chronicle

extract-report: ## how well dates and facts are found, by kind of expression
	@go test -count=1 -v -run 'TestReport|TestTraps' ./quiz/extract | grep -v '^==='

e2e: tools ## the built program in a real browser
	go test -count=1 -v ./cmd/chronicle/e2e/...
