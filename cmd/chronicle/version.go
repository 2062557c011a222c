package main

import "runtime/debug"

// programVersion returns the version of the module or the commit it was built from, marked "modified" if the
// sources differed from it.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	return versionOf(info)
}

func versionOf(info *debug.BuildInfo) string {
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	if version == "(devel)" && set["vcs.revision"] != "" {
		version += " " + shortVersion(set["vcs.revision"])
		if set["vcs.modified"] == "true" {
			version += " modified"
		}
	}
	return version
}

func shortVersion(revision string) string { return revision[:min(12, len(revision))] }
