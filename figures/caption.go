package figures

import "fmt"

// A Caption is one line about a figure that can be said in more than one
// language.
type Caption struct {
	format, english string
	args            []any
}

// say makes a caption as fmt.Sprintf makes text. Captions may be arguments.
func say(format string, args ...any) Caption {
	return Caption{format, fmt.Sprintf(format, args...), args}
}

// String is the caption in English.
func (c Caption) String() string { return c.english }

// In is the caption in a language: "en", or "zh" for Chinese. What has no
// translation stays English.
func (c Caption) In(language string) string {
	format, ok := chinese[c.format]
	if language != "zh" || !ok {
		return c.english
	}
	args := make([]any, len(c.args))
	for i, a := range c.args {
		part, ok := a.(Caption)
		if args[i] = a; ok {
			args[i] = part.In(language)
		}
	}
	return fmt.Sprintf(format, args...)
}

// Title is an English title in a language.
func title(english, language string) string {
	if t, ok := chinese[english]; ok && language == "zh" {
		return t
	}
	return english
}
