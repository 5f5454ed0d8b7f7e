package labs

import "strings"

// OneLine puts a text that a model wrote on one line, for a table. Bytes that are
// no character become �.
func OneLine(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " ")
}
