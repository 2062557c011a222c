package e2e

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience limits the time of any step in a page.
const patience = 20 * time.Second

// viewport is a kind of device.
type viewport struct {
	name          string
	width, height int64
	phone         bool // touched, not clicked
	bare          bool // without script
}

var (
	desktop         = viewport{name: "desk", width: 1280, height: 800}
	phone           = viewport{name: "phone", width: 390, height: 844, phone: true}
	desktopNoScript = viewport{name: "desk without script", width: 1280, height: 800, bare: true}
	phoneNoScript   = viewport{name: "phone without script", width: 390, height: 844, phone: true, bare: true}
	allViewports    = []viewport{desktop, phone, desktopNoScript, phoneNoScript}
	scriptModes     = []viewport{desktop, phoneNoScript} // for long tests: these two viewports cover all differences
)

// each runs a test once per viewport, each with its own server and browser profile.
func each(t *testing.T, views []viewport, run func(t *testing.T, p *profile)) {
	t.Helper()
	for _, v := range views {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			run(t, serve(t).profile(t, v))
		})
	}
}

// profile is one person's browser: its tabs share cookies.
type profile struct {
	t      *testing.T
	server *server
	view   viewport
	id     cdp.BrowserContextID
}

func (s *server) profile(t *testing.T, v viewport) *profile {
	t.Helper()
	made, err := chromedp.CallBrowser(browser, target.CreateBrowserContext, target.CreateBrowserContextParams{})
	if err != nil {
		t.Fatal(err)
	}
	p := &profile{t: t, server: s, view: v, id: made.BrowserContextID}
	t.Cleanup(func() {
		_, err := chromedp.CallBrowser(browser, target.DisposeBrowserContext, target.DisposeBrowserContextParams{BrowserContextID: p.id})
		if err != nil {
			t.Error(err)
		}
	})
	return p
}

// tab is one page of the browser with the errors that occurred in it.
type tab struct {
	t     *testing.T
	p     *profile
	ctx   context.Context
	close func() // and checks that there were no errors

	committed chan struct{} // a new document was loaded

	mu     sync.Mutex
	faults []string
	status int64           // of the last document
	bad    map[string]bool // unexpected documents with a status of 400 or more
	fonts  map[network.RequestID]bool
	bytes  int  // received, without fonts
	torn   bool // documents may be cancelled by the next one
}

func (p *profile) tab() *tab {
	t := p.t
	t.Helper()
	b := &tab{
		t: t, p: p, committed: make(chan struct{}, 100),
		bad: map[string]bool{}, fonts: map[network.RequestID]bool{},
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithExistingBrowserContext(p.id), chromedp.WithListener(b.hear))
	b.ctx = ctx
	b.close = sync.OnceFunc(func() {
		b.settle()
		cancel()
		b.blame()
	})
	t.Cleanup(b.close)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	call(b, audits.Enable, cdp.Empty{})
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(b, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: noon(0)})
	b.size(p.view.width, p.view.height)
	if p.view.bare {
		call(b, network.SetBlockedURLs, network.SetBlockedURLsParams{
			URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.js", Block: true}},
		})
	}
	return b
}

// call runs a command of the DevTools protocol.
func call[P, R any](b *tab, c cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, c, params)
	if err != nil {
		b.t.Fatalf("%s: %v", c.Method, err)
	}
	return r
}

// do runs an action without a result.
func (b *tab) do(a chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, a); err != nil {
		b.t.Fatal(err)
	}
}

// eval returns the value of an expression in the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

// size resizes the window on the same kind of device.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: b.p.view.phone,
	})
	touch := emulation.SetTouchEmulationEnabledParams{Enabled: b.p.view.phone}
	if b.p.view.phone {
		touch.MaxTouchPoints = 5
	}
	call(b, emulation.SetTouchEmulationEnabled, touch)
}

// dark sets the preferred colour scheme.
func (b *tab) dark(on bool) {
	b.t.Helper()
	scheme := "light"
	if on {
		scheme = "dark"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// open opens a URL of the server.
func (b *tab) open(path string) {
	b.t.Helper()
	b.loads(func() {
		b.t.Helper()
		call(b, page.Navigate, page.NavigateParams{URL: "http://" + b.p.server.address + path})
	})
}

func (b *tab) reload() {
	b.t.Helper()
	b.loads(func() { call(b, page.Reload, page.ReloadParams{}) })
}

// back presses the browser's back button.
func (b *tab) back() {
	b.t.Helper()
	h := call(b, page.GetNavigationHistory, cdp.Empty{})
	entry := h.Entries[h.CurrentIndex-1].ID
	b.loads(func() { call(b, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: entry}) })
}

// loads runs an action and waits until it has loaded another document.
func (b *tab) loads(do func()) {
	b.t.Helper()
	b.drain()
	do()
	select {
	case <-b.committed:
	case <-time.After(patience):
		b.t.Fatalf("no other page came; still at %s", eval[string](b, "location.href"))
	}
	b.ready()
}

// stays fails when an action loads another document.
func (b *tab) stays(do func()) {
	b.t.Helper()
	b.drain()
	do()
	select {
	case <-b.committed:
		b.ready()
		b.t.Fatalf("left for %s", eval[string](b, "location.href"))
	case <-time.After(150 * time.Millisecond):
	}
}

func (b *tab) drain() {
	for {
		select {
		case <-b.committed:
		default:
			return
		}
	}
}

// ready waits until the document and its fonts are loaded.
func (b *tab) ready() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for ctx.Err() == nil {
		done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && document.fonts.status === "loaded"`))
		if err == nil && done {
			return
		}
		time.Sleep(3 * time.Millisecond)
	}
	b.t.Fatal("the page did not finish loading")
}

// hear handles the browser's events for the tab.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			b.committed <- struct{}{}
		}
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			b.fault("console.%s: %s", e.Type, said(e.Args))
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		b.fault("exception: %s", text)
	case *log.EventEntryAdded:
		serious := e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning
		if serious && e.Entry.Source != log.EntrySourceNetwork { // network errors are handled below
			b.fault("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *audits.EventIssueAdded:
		b.issue(e.Issue)
	case *network.EventRequestWillBeSent:
		b.asks(e)
	case *network.EventResponseReceived:
		b.answered(e)
	case *network.EventLoadingFinished:
		if !b.fonts[e.RequestID] {
			b.bytes += int(e.EncodedDataLength)
		}
	case *network.EventLoadingFailed:
		blocked := b.p.view.bare && e.BlockedReason == network.BlockedReasonInspector && e.Type == network.ResourceTypeScript
		torn := b.torn && e.Canceled
		if !blocked && !torn {
			b.fault("a request failed: %s %s %s", e.Type, e.ErrorText, e.BlockedReason)
		}
	}
}

func (b *tab) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
	}
	return strings.Join(words, " ")
}

// issue records problems found by the browser's own audit: policy violations, quirks mode.
func (b *tab) issue(i *audits.InspectorIssue) {
	switch i.Code {
	case audits.InspectorIssueCodeContentSecurityPolicyIssue:
		d := i.Details.ContentSecurityPolicyIssueDetails
		b.fault("content security policy: %s %s", d.ViolatedDirective, d.BlockedURL)
	case audits.InspectorIssueCodeQuirksModeIssue, audits.InspectorIssueCodeDeprecationIssue,
		audits.InspectorIssueCodeCookieIssue, audits.InspectorIssueCodeMixedContentIssue:
		b.fault("the browser's audit: %s", i.Code)
	}
}

func (b *tab) asks(e *network.EventRequestWillBeSent) {
	u, err := url.Parse(e.Request.URL)
	local := err == nil && (u.Scheme == "data" || u.Scheme == "about" || u.Host == b.p.server.address)
	if !local {
		b.fault("a request to elsewhere: %s", e.Request.URL)
	}
}

func (b *tab) answered(e *network.EventResponseReceived) {
	if e.Type == network.ResourceTypeFont {
		b.fonts[e.RequestID] = true
	}
	document := e.Type == network.ResourceTypeDocument || e.Type == network.ResourceTypeXHR // a form that is saved automatically
	if document {
		b.status = e.Response.Status
	}
	if e.Response.Status < 400 {
		return
	}
	what := fmt.Sprintf("%d for %s", e.Response.Status, e.Response.URL)
	if document {
		b.bad[what] = true
	} else {
		b.fault("%s", what)
	}
}

// received returns the bytes received so far, without fonts.
func (b *tab) received() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes
}

// tearing allows documents to be cancelled by others, as a double click does.
func (b *tab) tearing(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.torn = on
}

// settle waits for the browser's last events.
func (b *tab) settle() {
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Second)
	defer cancel()
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[int]("1"))
	time.Sleep(10 * time.Millisecond)
}

// blame fails the test for all errors of the page.
func (b *tab) blame() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Errorf("in the page: %s", f)
	}
	for what := range b.bad {
		b.t.Errorf("a page nobody expected: %s", what)
	}
}
