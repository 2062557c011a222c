package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart measures the time from starting the program on an existing database to the first byte of its home
// page, and the size of a first visit.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "chronicle")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	database := filepath.Join(dir, "bench.db")
	stop, _ := startProgram(b, program, database) // creates the database
	stop()
	for b.Loop() {
		stop, address := startProgram(b, program, database)
		get(b, address+"/")
		b.StopTimer()
		b.ReportMetric(float64(firstLoad(b, address))/1000, "kB/first-load")
		stop()
		b.StartTimer()
	}
}

// startProgram starts the program and waits for its address.
func startProgram(b *testing.B, program, database string) (stop func(), address string) {
	b.Helper()
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--database", database)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}, regexp.MustCompile(`http://\S+`).FindString(line)
}

var client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableCompression: true}}

func get(b *testing.B, address string) []byte {
	b.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %d %v", address, answer.StatusCode, err)
	}
	return body
}

// firstLoad returns the compressed size of the home page with its style, script and icon, without fonts, in bytes.
func firstLoad(b *testing.B, address string) int {
	b.Helper()
	page := string(get(b, address+"/"))
	names := regexp.MustCompile(`/assets/[\w.-]+\.(?:css|js|svg)`).FindAllString(page, -1)
	for _, name := range names {
		if strings.HasSuffix(name, ".js") {
			names = append(names, regexp.MustCompile(`/assets/[\w.-]+\.js`).FindAllString(string(get(b, address+name)), -1)...)
		}
	}
	total := 0
	for _, path := range append(names, "/") {
		request, err := http.NewRequest(http.MethodGet, address+path, nil)
		if err != nil {
			b.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "br, gzip")
		answer, err := client.Do(request)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, answer.Body)
		if err != nil {
			b.Fatal(err)
		}
		_ = answer.Body.Close()
		total += int(n)
	}
	return total
}
