package views

import "github.com/a-h/templ"

// KeysScreen lists the keyboard shortcuts on a separate page, for browsers without script.
type KeysScreen struct{ Frame }

// Title returns the page title.
func (s KeysScreen) Title() string { return s.T("keys.title") }

// Content returns the page body.
func (s KeysScreen) Content() templ.Component { return keysPage(s) }

// keyRow is one row of the list.
type keyRow struct {
	keys []string
	what string // message key
}

var keyRows = []keyRow{
	{[]string{"1", "2", "3", "4"}, "keys.choose"},
	{[]string{"Space", "Enter"}, "keys.go-on"},
	{[]string{"u", "Ctrl+Z"}, "keys.undo"},
	{[]string{"-"}, "keys.bury"},
	{[]string{"@"}, "keys.suspend"},
	{[]string{"i"}, "keys.about"},
	{[]string{"Space", "↑", "↓", "Esc"}, "keys.order"},
	{[]string{"←", "→"}, "keys.place"},
	{[]string{"s"}, "keys.study"},
	{[]string{"Esc"}, "keys.leave"},
	{[]string{"?"}, "keys.list"},
}
