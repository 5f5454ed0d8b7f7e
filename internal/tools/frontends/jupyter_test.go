package frontends_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"oneword/internal/tools/browser"
)

// serve starts Jupyter's classic Notebook with our kernel, and returns its
// address without a path, and its token.
func serve(t *testing.T, flags ...string) (address, token string) {
	home := t.TempDir()
	install(t, home)
	folder := filepath.Join(home, "notebooks")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(root, "notebooks"))); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	ctx, cancel := context.WithCancel(context.Background())
	token = "oneword"
	args := append([]string{"notebook", "--no-browser", "--allow-root", fmt.Sprint("--port=", port), "--port-retries=0", "--NotebookApp.token=" + token}, flags...)
	cmd := exec.CommandContext(ctx, "jupyter", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+home, "JUPYTER_CONFIG_DIR="+home, "JUPYTER_RUNTIME_DIR="+home, "IPYTHONDIR="+home)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan bool, 1)
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if strings.Contains(lines.Text(), "is running at") {
				ready <- true
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		cmd.Wait()
	})
	select {
	case <-ready:
	case <-time.After(time.Minute):
		t.Fatal("Jupyter does not start")
	}
	return fmt.Sprint("http://localhost:", port), token
}

// A frontEnd is a program that shows notebooks in a browser; its fields are
// scripts for the page.
type frontEnd struct {
	page      string // the address, with the name of the notebook and the token
	ready     string // whether the kernel answers
	cells     string // all cells, each as { code, text, tags }
	run       string // runs a cell, by number, without the output that it has
	ran       string // whether a cell has run to its end
	output    string // the element with the output of a cell
	idle      string // whether no cell runs
	interrupt string
	server    *regexp.Regexp // complaints about the server, not about what it shows
}

// classic is Notebook 6.
var classic = frontEnd{
	page:  "/notebooks/%s.ipynb?token=%s",
	ready: `globalThis.Jupyter?.notebook?.kernel?.is_connected()`,
	cells: `Jupyter.notebook.get_cells().map(c => ({ code: c.cell_type === "code", text: c.get_text(), tags: c.metadata.tags ?? [] }))`,
	run: `(i => {
		Jupyter.notebook.get_cell(i).clear_output();
		Jupyter.notebook.execute_cells([i]);
	})(%d)`,
	ran:       `Jupyter.notebook.get_cell(%d).input_prompt_number > 0`,
	output:    `Jupyter.notebook.get_cell(%d).output_area.element[0]`,
	idle:      `!Jupyter.notebook.kernel_busy && Jupyter.notebook.get_cells().every(c => c.cell_type !== "code" || !c.element.hasClass("running"))`,
	interrupt: `Jupyter.notebook.kernel.interrupt()`,
	server:    regexp.MustCompile(`^$`),
}

// lab is what JupyterLab 4 and Notebook 7 are built of, see browser.Lab.
var lab = frontEnd{
	page:  "/static/page.html?notebook=%s.ipynb&token=%s",
	ready: `globalThis.lab?.panel.sessionContext.session?.kernel?.connectionStatus === "connected"`,
	cells: `lab.panel.content.widgets.map(c => ({ code: c.model.type === "code", text: c.model.sharedModel.getSource(), tags: c.model.getMetadata("tags") ?? [] }))`,
	run: `(i => {
		lab.panel.content.widgets[i].model.clearExecution();
		lab.panel.content.activeCellIndex = i;
		lab.NotebookActions.run(lab.panel.content, lab.panel.sessionContext);
	})(%d)`,
	ran:       `lab.panel.content.widgets[%d].model.executionCount > 0`,
	output:    `lab.panel.content.widgets[%d].outputArea.node`,
	idle:      `lab.panel.sessionContext.session.kernel.status === "idle"`,
	interrupt: `lab.panel.sessionContext.session.kernel.interrupt()`,
	// The server is Notebook 6's, and lacks what JupyterLab would like to have.
	server: regexp.MustCompile(`/api/me\?|/api/events/subscribe|Sec-WebSocket-Protocol`),
}

// A session is a notebook that is open in a front end.
type session struct {
	frontEnd
	*browser.Page
	t    *testing.T
	name string
}

// cell runs the first code cell of which a script is true, and returns its
// number. The script knows the cell as c.
func (s session) cell(script string) int {
	s.t.Helper()
	i := s.Int(s.cells + ".findIndex(c => c.code && " + script + ")")
	if i < 0 {
		s.t.Fatalf("%s: of no cell true: %s", s.name, script)
	}
	s.Do(fmt.Sprintf(s.run, i))
	return i
}

// setUp runs what other cells need: the first cell with code, and those that
// define something, but for the one that goes on running.
func (s session) setUp() {
	s.t.Helper()
	for i := range s.Int(s.cells + ".length") {
		c := fmt.Sprintf("(%s)[%d]", s.cells, i)
		if s.Text(fmt.Sprintf(`%s.code && !%[1]s.text.startsWith("%%%%") && !%[1]s.text.includes("live.NewTalk")`, c)) == "true" {
			s.Do(fmt.Sprintf(s.run, i))
			s.Wait(2*time.Minute, fmt.Sprintf(s.ran, i))
		}
	}
}

// figure runs the cell of a figure that responds, and returns the element with
// its output.
func (s session) figure(id string) string {
	s.t.Helper()
	return fmt.Sprintf(s.output, s.cell(fmt.Sprintf(`[%q, "live"].every(tag => c.tags.includes(tag))`, id)))
}

// talk runs the notebook's cell that goes on running, and returns the element
// with its output once it has controls and GoNB's connection is there. On a busy
// machine GoNB gives up on the connection after some seconds; then the cell ends
// by itself, as it should, and is run again.
func (s session) talk() string {
	s.t.Helper()
	for range 3 {
		before := s.givenUp()
		output := fmt.Sprintf(s.output, s.cell(`c.text.includes("live.NewTalk")`))
		s.Wait(2*time.Minute, output+`.querySelector("[data-live] input")`)
		time.Sleep(5 * time.Second)
		if s.givenUp() == before {
			return output
		}
		s.Wait(30*time.Second, s.idle)
	}
	s.t.Skip("three times GoNB did not connect in time: this machine is too busy")
	return ""
}

// givenUp is how often GoNB has said that it could not connect.
func (s session) givenUp() (times int) {
	for _, text := range s.Errors() {
		if strings.Contains(text, "gonb_comm: failed to connect") {
			times++
		}
	}
	return times
}

// press presses the button of a cell's output that has a name.
func (s session) press(output, name string) {
	s.t.Helper()
	s.Do(fmt.Sprintf(`[...%s.querySelectorAll("button")].find(b => b.textContent === %q).click()`, output, name))
}

// stop presses the cell's button, after which the controls are gone and what was
// shown last is there.
func (s session) stop(output, left string) {
	s.t.Helper()
	s.press(output, "Stop")
	s.Wait(20*time.Second, s.idle)
	if s.Text(left) == "" || s.Text(left) == "undefined" {
		s.t.Errorf("%s: once stopped, nothing is left", s.name)
	}
	if n := s.Int(output + `.querySelectorAll("[data-live] input").length`); n != 0 {
		s.t.Errorf("%s: once stopped, the controls stay", s.name)
	}
}

// In Jupyter, figures respond, and so do cells that go on running: within a
// fifth of a second, until they are stopped or interrupted.
func TestNotebooksRespondInJupyter(t *testing.T) {
	needLong(t)
	needJupyter(t)
	t.Run("Notebook 6", func(t *testing.T) {
		address, token := serve(t)
		testFrontEnd(t, classic, address, token)
	})
	t.Run("JupyterLab 4", func(t *testing.T) {
		address, token := serve(t, fmt.Sprintf(`--NotebookApp.extra_static_paths=[%q]`, browser.Lab(t)))
		testFrontEnd(t, lab, address, token)
	})
}

func testFrontEnd(t *testing.T, f frontEnd, address, token string) {
	open := func(name string) session {
		p := browser.Open(t, address+fmt.Sprintf(f.page, name, token))
		p.Wait(time.Minute, f.ready)
		s := session{f, p, t, name}
		s.setUp()
		return s
	}
	// Figures of each kind.
	for name, id := range map[string]string{"01-next": "01-temperature", "04-models": "04-knobs", "10-inside": "10-head-patterns", "12-meaning": "12-fan"} {
		s := open(name)
		output := s.figure(id)
		s.Wait(2*time.Minute, output+`.querySelector("[data-live]")`)
		moves(t, s.Page, output+`.querySelector("[data-live]")`, name)
		if list := slices.DeleteFunc(complaints(s.Page), f.server.MatchString); len(list) > 0 {
			t.Errorf("%s, on the console: %q", name, list)
		}
		// Two pages of one notebook have one kernel, and the one that knows nothing
		// of GoNB's connection closes it.
		s.Close()
	}
	for _, talk := range []struct {
		name string
		test func(session)
	}{{"09-embeddings", testAnalogies}, {"01-next", testWriting}, {"07-training", testTraining}} {
		s := open(talk.name)
		talk.test(s)
		s.Close()
	}
}

// A word is answered; a cell that waits ends when it is stopped or interrupted.
func testAnalogies(s session) {
	output := s.talk()
	picture := output + `.querySelector("img")?.src`
	s.Wait(time.Minute, picture)
	var slowest time.Duration
	for i, word := range []string{"dog", "king", "london"} {
		before, start := s.Text(picture), time.Now()
		s.Set(output+`.querySelector("[data-live] input")`, word)
		s.Wait(10*time.Second, fmt.Sprintf("%s !== %q", picture, before))
		if took := time.Since(start); i > 0 {
			slowest = max(slowest, took)
		}
	}
	s.t.Logf("a word is answered within %v", slowest)
	if slowest > time.Second { // a fifth of it on an idle machine; tests run beside others
		s.t.Errorf("a word is answered after %v", slowest)
	}
	s.stop(output, picture)

	output = s.talk()
	s.Do(s.interrupt)
	s.Wait(20*time.Second, s.idle)
	if text := s.Text(output + ".textContent"); strings.Contains(text, "rror") || strings.Contains(text, "panic") {
		s.t.Errorf("interrupted, the cell says %q", text)
	}
}

// Text streams; another beginning begins another text, and it goes on from there.
func testWriting(s session) {
	output := s.talk()
	text := output + `.innerText`
	s.Wait(30*time.Second, text+`.includes("Once upon a time")`)
	// How long the text is, each time that it changes: it may be whole before one looks.
	s.Do(`globalThis.lengths = new Set();
		new MutationObserver(() => lengths.add(` + text + `.length)).observe(` + output + `, { childList: true, subtree: true, characterData: true })`)
	const beginning = "The king said"
	s.Set(output+`.querySelector("[data-live] input[type=text]")`, beginning)
	written := fmt.Sprintf("%s.includes(%q) && lengths.size > 2", text, beginning)
	for end := time.Now().Add(30 * time.Second); s.Text(written) != "true"; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("after %q the text is %q, and had the lengths %s; on the console: %q", beginning, s.Text(text), s.Text("[...lengths].join()"), complaints(s.Page))
		}
	}
	s.stop(output, text)
}

// The picture moves while the net learns, and when a control is moved in the
// middle of it.
func testTraining(s session) {
	output := s.talk()
	picture := output + `.querySelector("img")?.src`
	changes := func(what string) {
		s.t.Helper()
		before, start := s.Text(picture), time.Now()
		s.Wait(10*time.Second, fmt.Sprintf("%s && %[1]s !== %q", picture, before))
		s.t.Logf("%s, the picture changes within %v", what, time.Since(start))
	}
	s.Wait(time.Minute, picture)
	s.press(output, "begin again")
	changes("begun again")
	changes("as it learns")
	s.Set(output+`.querySelectorAll("[data-live] input")[0]`, "1")
	changes("with another step size")
	s.Set(output+`.querySelectorAll("[data-live] input")[1]`, "3")
	changes("with other layers")
	s.stop(output, picture)
}
