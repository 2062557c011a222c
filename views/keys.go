package views

import "github.com/a-h/templ"

// Keys lists the keys on a page of its own, for those without script.
type Keys struct{ Frame }

// Title names the page.
func (s Keys) Title() string { return s.T("keys.title") }

// Part shows the list.
func (s Keys) Part() templ.Component { return keysPage(s) }

// keyRow is one line of the list.
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
