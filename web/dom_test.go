package web

import (
	"strings"

	"golang.org/x/net/html"
)

// all lists the elements of that name, "*" for all, in order.
func all(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	if n == nil {
		return nil
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (name == "*" || d.Data == name) {
			out = append(out, d)
		}
	}
	return out
}

// attr is an attribute's value; empty without.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// textOf is the text inside, with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		return n.Data
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// named finds the inputs and buttons of that name.
func named(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for _, e := range all(n, "*") {
		if (e.Data == "input" || e.Data == "button") && attr(e, "name") == name {
			out = append(out, e)
		}
	}
	return out
}

// value is what a field holds; empty when it is not there.
func value(n *html.Node, name string) string {
	for _, e := range named(n, name) {
		return attr(e, "value")
	}
	return ""
}

// of lists the elements of that class.
func of(n *html.Node, class string) []*html.Node {
	var out []*html.Node
	for _, e := range all(n, "*") {
		for _, c := range strings.Fields(attr(e, "class")) {
			if c == class {
				out = append(out, e)
			}
		}
	}
	return out
}

// head is the page's first heading.
func (a answer) head() string {
	for _, h := range all(a.doc, "h1") {
		return textOf(h)
	}
	return ""
}

// says tells whether the page's visible text holds the words.
func (a answer) says(words string) bool {
	return a.doc != nil && strings.Contains(textOf(a.doc), strings.Join(strings.Fields(words), " "))
}
