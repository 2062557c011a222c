package web

import (
	"strings"

	"golang.org/x/net/html"
)

// all lists the elements with that name, or all for "*", in order.
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

// attr returns an attribute's value; empty if it is missing.
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

// textOf returns the text inside a node, with single spaces.
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

// named returns the inputs and buttons with that name.
func named(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for _, e := range all(n, "*") {
		if (e.Data == "input" || e.Data == "button") && attr(e, "name") == name {
			out = append(out, e)
		}
	}
	return out
}

// value returns the value of a field; empty if it is missing.
func value(n *html.Node, name string) string {
	for _, e := range named(n, name) {
		return attr(e, "value")
	}
	return ""
}

// of lists the elements with that class.
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

// head returns the page's first heading.
func (a answer) head() string {
	for _, h := range all(a.doc, "h1") {
		return textOf(h)
	}
	return ""
}

// says reports whether the page's visible text contains the words.
func (a answer) says(words string) bool {
	return a.doc != nil && strings.Contains(textOf(a.doc), strings.Join(strings.Fields(words), " "))
}
