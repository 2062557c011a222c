package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chronicle/storage/storagetest"
)

// says stops the test unless the command succeeded and printed all of that.
func (s said) says(t *testing.T, what ...string) said {
	t.Helper()
	if s.status != 0 || s.err != "" {
		t.Fatalf("status %d, %q", s.status, s.err)
	}
	for _, w := range what {
		if !strings.Contains(s.out, w) {
			t.Errorf("%q does not say %q", s.out, w)
		}
	}
	return s
}

func TestPeopleFromTheCommandLine(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "chronicle.db")
	db := "--database=" + file
	person := func(args ...string) said { return chronicle(t, append(append([]string{"person"}, args...), db)...) }
	site := func(args ...string) said { return chronicle(t, append(append([]string{"site"}, args...), db)...) }
	code := regexp.MustCompile(`code [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)
	person("list").fails(t, 1, "there is no database", file)
	storagetest.Open(t, file)
	if s := person("add", "Leyla", "--role=admin", "--email=leyla@example.org").says(t, "Leyla chooses a password at /reset-password"); !code.MatchString(s.out) {
		t.Errorf("no code in %q", s.out)
	}
	person("add", "leyla", "--email=other@example.org").fails(t, 1, "This alias is taken")
	person("add", "Rauf").fails(t, 1, "e-mail")
	person("add", "Rauf", "--role=king").fails(t, 2, "king")
	person("add", "Rauf", "--email=rauf@example.org", "--zone=Mars").fails(t, 1, "Mars")
	person("add", "Rauf", "--email=rauf@example.org").says(t)
	person("list").says(t, "Leyla", "admin", "rauf@example.org", "ALIAS")
	if s := person("list", "--find=ra").says(t, "Rauf"); strings.Contains(s.out, "Leyla") {
		t.Errorf("finds %q", s.out)
	}
	person("add", strings.Repeat("x", 50), "--role=learner").fails(t, 1, "An alias has at most 40")
	person("role", "leyla@example.org", "teacher").fails(t, 1, "last administrator")
	person("role", "Rauf", "admin").says(t, "Rauf: admin")
	person("role", "Leyla", "learner").says(t, "Leyla: learner")
	person("role", "Leyla", "teacher").fails(t, 1, "email")
	person("role", "Leyla", "teacher", "--email=leyla@example.org").says(t)
	person("role", "Leyla", "learner").says(t)
	person("role", "Nobody", "learner").fails(t, 1, "Nobody")
	if s := person("reset", "Rauf").says(t); !code.MatchString(s.out) {
		t.Errorf("no code in %q", s.out)
	}
	var handed map[string]any
	if err := json.Unmarshal([]byte(person("export", "Rauf").says(t, `"persons"`).out), &handed); err != nil {
		t.Error(err)
	}
	person("erase", "Leyla").fails(t, 1, "--yes")
	person("erase", "Leyla", "--yes").says(t, "Leyla is erased.")
	person("erase", "Leyla", "--yes").fails(t, 1, "Leyla")
	person("erase", "Rauf", "--yes").fails(t, 1, "last administrator")

	site("show").says(t, "admins", "1", "sign-up", "open", "MB")
	site("sign-up", "maybe").fails(t, 2, "maybe")
	site("sign-up", "invitation").says(t, ": invitation", file)
	if s := site("invite", "--uses=3").says(t, "lets 3 sign up as teacher"); !code.MatchString(s.out) {
		t.Errorf("no code in %q", s.out)
	}
	site("invite", "--uses=0").fails(t, 1, "500")
	site("classes").says(t, "TITLE")
	site("tidy", "--dry-run").says(t, "Nothing is older than it is kept.")
	site("tidy").says(t)
}
