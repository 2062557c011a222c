package main

import (
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	const pass, ok = `{"Action":"pass","Package":"p","Test":"TestA"}`, `{"Action":"pass","Package":"p","Elapsed":1.5}`
	const bad = `{"Action":"fail","Package":"p"}`
	for name, c := range map[string]struct {
		in    []string
		want  []string // in the output
		clean bool
	}{
		"passed":    {[]string{pass, ok}, []string{"ok    p  1.5s\n1 passed, 0 failed\n"}, true},
		"none":      {nil, []string{"0 passed, 0 failed\n"}, false},
		"not found": {[]string{"go: no such thing"}, []string{"go: no such thing\n0 passed, 0 failed\n"}, false},
		"failed": {[]string{
			pass, `{"Action":"output","Package":"p","Test":"TestB","Output":"why\n"}`,
			`{"Action":"fail","Package":"p","Test":"TestB"}`, bad,
		}, []string{"why\n", "FAIL  p", "1 passed, 1 failed\n"}, false},
		"skipped": {[]string{pass, `{"Action":"skip","Package":"p","Test":"TestB"}`, ok}, []string{"1 skipped", "1 passed, 0 failed\n"}, false},
		"not built": {[]string{
			`{"Action":"build-output","ImportPath":"p [p.test]","Output":"undefined: x\n"}`,
			`{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
		}, []string{"undefined: x\n", "0 passed, 1 failed\n"}, false},
		"never ended": {[]string{pass, `{"Action":"output","Package":"p","Test":"TestB","Output":"exit\n"}`, bad}, []string{"exit\n", "1 passed, 1 failed\n"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			y := summary{output: map[key]*strings.Builder{}, broken: map[string]bool{}}
			if err := y.read(strings.NewReader(strings.Join(c.in, "\n")), &out); err != nil {
				t.Fatal(err)
			}
			if clean := y.sum(&out); clean != c.clean {
				t.Errorf("clean is %v", clean)
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q lacks %q", out.String(), want)
				}
			}
		})
	}
}
