// Essay regenerates the figures of the essay "What Is ChatGPT Doing … and Why
// Does It Work?", opens the notebooks, and trains the models behind them.
//
//	essay                    draws every figure into gallery/, offline
//	essay list               the catalogue of figures
//	essay jupyter            opens the notebooks
//	essay next, generate     asks a GPT what comes next; lets it go on
//	essay tokens, near       cuts text into tokens; words near in meaning
//	essay data               what there is, and what can be fetched
//	essay verify, bench      whether a GPT computes what it should, and how fast
//	essay train              makes the tables and models that are shipped
//
// Each explains itself with -help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/alecthomas/kong"
)

// cli is the command line: a field a subcommand, each in a file of its own.
type cli struct {
	Figures  figuresCommand  `cmd:"" default:"withargs" help:"Regenerate figures, all of them unless told otherwise (the default command)."`
	List     listCommand     `cmd:"" help:"The catalogue of figures."`
	Data     dataCommand     `cmd:"" help:"What data there is, where it comes from; fetch some."`
	Next     nextCommand     `cmd:"" help:"Which token comes next, and how probably."`
	Generate generateCommand `cmd:"" help:"Let a GPT go on with a text."`
	Tokens   tokensCommand   `cmd:"" help:"Cut text into tokens."`
	Near     nearCommand     `cmd:"" help:"Which words are near others in meaning; analogies."`
	Verify   verifyCommand   `cmd:"" help:"Compare a GPT with what is known of it."`
	Export   exportCommand   `cmd:"" help:"Write a GPT as a folder that Hugging Face's programs read."`
	Train    trainCommand    `cmd:"" help:"Make what this program ships: the tables and models behind the figures."`
	Bench    benchCommand    `cmd:"" help:"How fast this is on this machine."`
	Build    buildCommand    `cmd:"" help:"Build the gallery and the notebooks from the chapters."`
	Jupyter  jupyterCommand  `cmd:"" help:"Open the notebooks in Jupyter."`
}

// env is what a subcommand may use of the world.
type env struct {
	ctx         context.Context // ends when the person interrupts
	in          io.Reader
	out, stderr io.Writer
}

// say writes a line for the person at the terminal.
func (e *env) say(format string, args ...any) { fmt.Fprintf(e.out, format+"\n", args...) }

// step says, on standard error, what is being done.
func (e *env) step(format string, args ...any) { fmt.Fprintf(e.stderr, format+" …\n", args...) }

// usageError is a mistake in the words of the command, not in the work.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit status: 0 done, 1 something failed, 2 wrong usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var words cli
	exited := -1
	parser, err := kong.New(&words, kong.Name("essay"),
		kong.Description("Regenerates the figures of the essay “What Is ChatGPT Doing … and Why Does It Work?” in Go."),
		kong.ValueFormatter(helpOf), kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "essay:", err)
		return 2
	}
	command, err := parser.Parse(longFlags(args))
	if exited >= 0 { // --help was asked for and answered
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "essay: %s (essay --help says what there is)\n", oneLine(err))
		return 2
	}
	switch err := command.Run(&env{ctx, os.Stdin, stdout, stderr}); {
	case errors.As(err, &usageError{}):
		fmt.Fprintf(stderr, "essay: %s\n", oneLine(err))
		return 2
	case err != nil:
		fmt.Fprintf(stderr, "essay: %s\n", oneLine(err))
		return 1
	}
	return 0
}

// longFlags lets flags be written with one dash or two, as Go's own are.
func longFlags(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if a == "--" {
			copy(out[i:], args[i:])
			break
		}
		if len(a) > 2 && a[0] == '-' && a[1] >= 'a' && a[1] <= 'z' {
			a = "-" + a
		}
		out[i] = a
	}
	return out
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// helpOf is what --help says of a flag: also its default, for which kong has no room
// where a placeholder stands.
func helpOf(v *kong.Value) string {
	help := kong.DefaultHelpValueFormatter(v)
	if v.HasDefault && v.Flag != nil && v.Flag.PlaceHolder != "" && !strings.Contains(help, "default") {
		help = fmt.Sprintf("%s (default: %s)", strings.TrimSuffix(help, "."), v.Default) + "."
	}
	return help
}
