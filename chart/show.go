package chart

import (
	"crypto/sha256"
	"fmt"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Show displays a drawing in the notebook whose cell runs this program. Outside
// a notebook the text form is printed.
func Show(d Drawing) {
	if !gonbui.IsNotebook {
		fmt.Println(d.Text())
		return
	}
	display, err := Display(d)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	gonbui.SendData(display)
	gonbui.Sync() // what is sent while the process ends would be lost
}

// Shown is what a notebook is sent: forms of one thing by their MIME types.
type Shown = protocol.DisplayData

// Display is a drawing as a notebook is sent it: as a PNG of twice the size,
// which every front end and code host shows (SVG would be damaged on its way
// into the HTML of some versions of nbconvert), and in words. The metadata
// holds its natural size and, as "oneword", the SHA-256 of its SVG form, by
// which it can be compared with a gallery.
func Display(d Drawing) (*Shown, error) {
	display, err := Preview(d, 2)
	if err != nil {
		return nil, err
	}
	svg, err := SVG(d)
	if err != nil {
		return nil, err
	}
	display.Metadata["oneword"] = map[string]string{"svg": fmt.Sprintf("%x", sha256.Sum256(svg))}
	return display, nil
}

// Preview is a drawing as a notebook is sent it while it still changes: a PNG
// of so many times its size, with its natural size, in pixels, as metadata, and
// the text form.
func Preview(d Drawing, scale float64) (*Shown, error) {
	png, err := PNG(d, scale)
	if err != nil {
		return nil, err
	}
	w, h := d.Size()
	return &protocol.DisplayData{
		Data:     map[protocol.MIMEType]any{protocol.MIMEImagePNG: png, protocol.MIMETextPlain: d.Text()},
		Metadata: map[string]any{"image/png": map[string]int{"width": int(w / 72 * 96), "height": int(h / 72 * 96)}},
	}, nil
}
