package main

import (
	"go/ast"
	"slices"
	"testing"
)

// sharedTypeNames are the exported type names that may occur in two packages, each with the
// reason.
var sharedTypeNames = map[string]string{}

// TestTypeNamesAreUnique checks that an exported type name has one meaning in the module.
func TestTypeNamesAreUnique(t *testing.T) {
	folders := map[string][]string{}
	for _, p := range moduleFiles(t) {
		if p.test() {
			continue
		}
		ast.Inspect(p.tree, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() && !slices.Contains(folders[spec.Name.Name], p.folder()) {
				folders[spec.Name.Name] = append(folders[spec.Name.Name], p.folder())
			}
			return true
		})
	}
	for name, in := range folders {
		if len(in) > 1 && sharedTypeNames[name] == "" {
			t.Errorf("type %s is declared in %v: give it another name, or a reason in sharedTypeNames", name, in)
		}
	}
	for name := range sharedTypeNames {
		if len(folders[name]) < 2 {
			t.Errorf("sharedTypeNames lists %s, which only one package declares", name)
		}
	}
}
