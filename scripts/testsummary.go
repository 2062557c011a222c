// Testsummary reads the output of `go test -json`, prints the failures, and ends with a line of totals. It exits
// with 1 when a test failed or was skipped, or when there was none.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	t := summary{output: map[key]*strings.Builder{}, broken: map[string]bool{}}
	err := t.read(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Println(err)
	}
	if !t.sum(os.Stdout) || err != nil {
		os.Exit(1)
	}
}

// An event is a line of `go test -json` (see go doc test2json) or of the preceding build.
type event struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
	Elapsed                                                float64 // seconds
}

// A key identifies a test, a package (test is empty) or a build (by import path).
type key struct{ pkg, test string }

type summary struct {
	passed, failed, skipped int // tests; each subtest counts as one
	output                  map[key]*strings.Builder
	broken                  map[string]bool // packages with a failed test
}

func (t *summary) read(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(out, lines.Text()) // plain output of the go command
			continue
		}
		switch {
		case e.Action == "build-output":
			t.buffer(key{pkg: e.ImportPath}, e.Output)
		case e.Action == "output":
			t.buffer(key{e.Package, e.Test}, e.Output)
		case e.Test != "":
			t.test(e, out)
		default:
			t.pack(e, out)
		}
	}
	return lines.Err()
}

func (t *summary) buffer(k key, output string) {
	if t.output[k] == nil {
		t.output[k] = new(strings.Builder)
	}
	t.output[k].WriteString(output)
}

func (t *summary) show(k key, out io.Writer) {
	if t.output[k] != nil {
		io.WriteString(out, t.output[k].String())
		delete(t.output, k)
	}
}

func (t *summary) test(e event, out io.Writer) {
	k := key{e.Package, e.Test}
	switch e.Action {
	case "pass":
		t.passed++
		delete(t.output, k)
	case "fail":
		t.failed++
		t.broken[e.Package] = true
		t.show(k, out)
	case "skip":
		t.skipped++
		t.show(k, out)
	}
}

// pack ends a package. One that failed without a failed test counts as one failure.
func (t *summary) pack(e event, out io.Writer) {
	switch e.Action {
	case "pass":
		fmt.Fprintf(out, "ok    %s  %.1fs\n", e.Package, e.Elapsed)
	case "fail":
		if !t.broken[e.Package] {
			t.failed++
		}
		t.show(key{pkg: e.FailedBuild}, out)
		for k := range t.output { // tests that never ended
			if k.pkg == e.Package && k.test != "" {
				t.show(k, out)
			}
		}
		t.show(key{pkg: e.Package}, out)
		fmt.Fprintf(out, "FAIL  %s  %.1fs\n", e.Package, e.Elapsed)
	}
}

// sum prints the last lines and reports whether all tests passed.
func (t *summary) sum(out io.Writer) bool {
	if t.skipped > 0 {
		fmt.Fprintf(out, "%d skipped, which is a failure here: a test runs or goes\n", t.skipped)
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", t.passed, t.failed)
	return t.failed == 0 && t.skipped == 0 && t.passed > 0
}
