package kit

import "strings"

func (f FieldSpec) kind() string {
	if f.Kind == "" {
		return "text"
	}
	return f.Kind
}

// describedBy names the elements that explain the field.
func (f FieldSpec) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Problem != "" {
		ids = append(ids, f.Name+"-problem")
	}
	return strings.Join(ids, " ")
}
