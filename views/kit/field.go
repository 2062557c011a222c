package kit

import "strings"

func (f FieldSpec) kind() string {
	if f.Kind == "" {
		return "text"
	}
	return f.Kind
}

func (f FieldSpec) id() string { return orName(f.ID, f.Name) }

func (f AreaSpec) id() string { return orName(f.ID, f.Name) }

func orName(id, name string) string {
	if id == "" {
		return name
	}
	return id
}

func (f FieldSpec) describedBy() string { return describedByIDs(f.id(), f.Hint, f.Problem) }

func (f AreaSpec) describedBy() string { return describedByIDs(f.id(), f.Hint, f.Problem) }

// describedByIDs returns the IDs of the elements that explain a field, for aria-describedby.
func describedByIDs(id, hint, problem string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, id+"-hint")
	}
	if problem != "" {
		ids = append(ids, id+"-problem")
	}
	return strings.Join(ids, " ")
}
