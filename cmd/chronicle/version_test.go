package main

import (
	"fmt"
	"regexp"
	"runtime/debug"
	"testing"

	"chronicle/storage"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	s := chronicle(t, "--version").says(t)
	if !regexp.MustCompile(fmt.Sprintf(`^chronicle \S.*, schema %d\n$`, storage.SchemaVersion())).MatchString(s.out) {
		t.Errorf("%q", s.out)
	}
}

func TestVersionOf(t *testing.T) {
	t.Parallel()
	built := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}
	modified := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for want, info := range map[string]*debug.BuildInfo{
		"(devel)":                       built("(devel)"),
		"(devel) 0123456789ab":          built("(devel)", revision, debug.BuildSetting{Key: "vcs.modified", Value: "false"}),
		"(devel) 0123456789ab modified": built("", revision, modified),
		"v1.2.3":                        built("v1.2.3", revision, modified),
	} {
		if got := versionOf(info); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
