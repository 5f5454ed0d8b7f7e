package chart

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// TreeDiagram shows a tree, its root above.
type TreeDiagram struct {
	frame
	root *treeNode
}

type treeNode struct {
	lines    []string
	children []*treeNode
	x, width vg.Length // of the middle, from the left; of all below it
	depth    int
}

// Tree draws a tree of any kind: of says what is written at a node, in one line
// or more, and which nodes are below it.
func Tree[T any](root T, of func(T) (label string, children []T)) *TreeDiagram {
	var grow func(node T, depth int) *treeNode
	grow = func(node T, depth int) *treeNode {
		label, children := of(node)
		n := &treeNode{lines: strings.Split(label, "\n"), depth: depth}
		if depth < 60 { // deeper ones could not be seen
			for _, c := range children {
				n.children = append(n.children, grow(c, depth+1))
			}
		}
		return n
	}
	t := &TreeDiagram{frame: newFrame(0), root: grow(root, 0)}
	t.root.measure()
	t.root.settle(0)
	return t
}

// Title sets the line above the tree.
func (t *TreeDiagram) Title(s string) *TreeDiagram { t.title = s; return t }

const treeRow, treeGap = vg.Length(34), vg.Length(9)

// measure finds the width of a node with all below it.
func (n *treeNode) measure() vg.Length {
	sty := textStyle(baseSize, ink)
	for _, l := range n.lines {
		n.width = max(n.width, sty.Width(l)+treeGap)
	}
	below := vg.Length(0)
	for _, c := range n.children {
		below += c.measure()
	}
	n.width = max(n.width, below)
	return n.width
}

// settle places a node and all below it to the right of a line.
func (n *treeNode) settle(left vg.Length) {
	n.x = left + n.width/2
	if len(n.children) == 0 {
		return
	}
	below := vg.Length(0)
	for _, c := range n.children {
		below += c.width
	}
	at := left + (n.width-below)/2
	for _, c := range n.children {
		c.settle(at)
		at += c.width
	}
	n.x = (n.children[0].x + n.children[len(n.children)-1].x) / 2
}

// each calls f for a node and all below it.
func (n *treeNode) each(f func(*treeNode)) {
	f(n)
	for _, c := range n.children {
		c.each(f)
	}
}

func (t *TreeDiagram) below() (rows int, lines int) {
	t.root.each(func(n *treeNode) { rows, lines = max(rows, n.depth), max(lines, len(n.lines)) })
	return rows, lines
}

// Size is as high as the tree is deep.
func (t *TreeDiagram) Size() (width, height vg.Length) {
	rows, lines := t.below()
	return t.width, t.around() + treeRow*vg.Length(rows) + baseSize*1.3*vg.Length(lines) + 6
}

// Paint is the Drawing's method.
func (t *TreeDiagram) Paint(c draw.Canvas) {
	c = t.paint(c)
	wide, high := c.Max.X-c.Min.X, c.Max.Y-c.Min.Y
	rows, lines := t.below()
	scale := min(wide/max(t.root.width, 1), 1)
	if narrow := high / (treeRow*vg.Length(rows) + baseSize*1.3*vg.Length(lines)); narrow < scale {
		scale = narrow
	}
	left := c.Min.X + (wide-scale*t.root.width)/2
	at := func(n *treeNode) vg.Point {
		return vg.Point{X: left + scale*n.x, Y: c.Max.Y - scale*(treeRow*vg.Length(n.depth)+baseSize*0.65)}
	}
	t.root.each(func(n *treeNode) {
		p := at(n)
		p.Y -= scale * (baseSize*1.3*vg.Length(len(n.lines)-1) + baseSize*0.75)
		for _, child := range n.children {
			q := at(child)
			q.Y += scale * baseSize * 0.75
			c.StrokeLine2(lineStyle(contourGrey, 0.8), p.X, p.Y, q.X, q.Y)
		}
	})
	t.root.each(func(n *treeNode) {
		p := at(n)
		for i, line := range n.lines {
			col := ink
			if i == 0 && len(n.lines) > 1 || len(n.children) > 0 {
				col = palette[0]
			}
			sty := textStyle(baseSize*scale, col)
			sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
			c.FillText(sty, vg.Point{X: p.X, Y: p.Y - scale*baseSize*1.3*vg.Length(i)}, line)
		}
	})
}

// Text indents what is below.
func (t *TreeDiagram) Text() string {
	var b strings.Builder
	b.WriteString(t.heading())
	t.root.each(func(n *treeNode) {
		b.WriteString(strings.Repeat("  ", n.depth) + strings.Join(n.lines, " ") + "\n")
	})
	return b.String()
}
