package chart

import (
	"fmt"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// Show displays a drawing in the notebook whose cell runs this program: as
// SVG, with a PNG of twice the size beside it for places that show no SVG.
// Outside a notebook it prints the text form.
func Show(d Drawing) {
	if !gonbui.IsNotebook {
		fmt.Println(d.Text())
		return
	}
	svg, err := SVG(d)
	if err == nil {
		var png []byte
		if png, err = PNG(d, 2); err == nil {
			gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
				protocol.MIMEImageSVG:  string(svg),
				protocol.MIMEImagePNG:  png,
				protocol.MIMETextPlain: d.Text(),
			}})
			// What is sent while the process ends would be lost.
			gonbui.Sync()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
