// Package e2e drives the built program with a real browser.
package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	programPath string          // path of the built binary
	browser     context.Context // the Chromium shared by all tests
)

func TestMain(m *testing.M) {
	status, err := prepare(m)
	if err != nil {
		fmt.Fprintf(os.Stderr, "e2e: %v\n", err)
		status = 1
	}
	os.Exit(status)
}

// prepare builds the program and starts the browser before the tests.
func prepare(m *testing.M) (status int, err error) {
	chromium, err := findChromium()
	if err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "chronicle-e2e-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if programPath, err = build(dir); err != nil {
		return 1, err
	}
	ctx, stop, err := startBrowser(chromium)
	defer stop()
	if err != nil {
		return 1, err
	}
	browser = ctx
	return m.Run(), nil
}

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium here; get it with: make tools")
}

// build builds the program without the race detector: races are covered by the unit tests, and everything here
// waits for a browser.
func build(dir string) (string, error) {
	path := filepath.Join(dir, "chronicle")
	out, err := exec.Command("go", "build", "-o", path, "chronicle/cmd/chronicle").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("the program does not build: %w\n%s", err, out)
	}
	return path, nil
}

func startBrowser(chromium string) (context.Context, func(), error) {
	silent := func(string, ...any) {}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("lang", "en"),
		// Simulates a mouse, which Chromium does not report on a machine without a screen.
		chromedp.Flag("blink-settings", "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(alloc, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	stop := func() {
		stopBrowser()
		stopAlloc()
	}
	if err := chromedp.Do(ctx); err != nil {
		return ctx, stop, fmt.Errorf("%s does not start: %w", chromium, err)
	}
	return ctx, stop, nil
}
