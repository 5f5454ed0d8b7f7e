package inside

import (
	"math"
	"strings"

	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/token/gpt2"
)

// OtherLanguages counts the tokens of one sentence in four languages.
func OtherLanguages(lab labs.Lab, show labs.Show) {
	v := must.Get(gpt2.Vocabulary())
	for _, text := range []string{
		"The dog barks, and the cat sleeps on the window sill.",
		"Der Hund bellt, und die Katze schläft auf der Fensterbank.",
		"Koira haukkuu, ja kissa nukkuu ikkunalaudalla.",
		"狗在叫，猫在窗台上睡觉。",
	} {
		ids := v.Encode(text)
		show.Printf("%d tokens, %d words, %d letters: %s\n", len(ids), len(strings.Fields(text)),
			len([]rune(text)), text)
	}
}

// LookingBack finds heads that look at where the same word stood before, or at
// what followed it there.
func LookingBack(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	ids := m.Vocabulary.Encode("The king and the king and the king and")
	var words []string
	for _, id := range ids {
		words = append(words, transformer.Visible(m.Vocabulary.Token(id)))
	}
	attention := must.Get(m.Trace(ids)).Attention
	last, before := len(ids)-1, len(ids)-4 // the last “and”, and the one before it
	for b, heads := range attention {
		for h, head := range heads {
			if same, next := head[last][before], head[last][before+1]; same > 0.25 || next > 0.25 {
				show.Printf("block %d, head %d: %2.0f %% at the same word before, %2.0f %% at what followed it\n",
					b+1, h+1, 100*same, 100*next)
			}
		}
	}
	show(live.Attention(words, attention))
}

// BlockByBlock says how much each block changes the probabilities.
func BlockByBlock(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	next := must.Get(m.Trace(m.Vocabulary.Encode("The king and the queen lived in a large"))).Next
	for b, p := range next {
		moved := 0.0
		for i := range p {
			moved += math.Abs(p[i]-next[max(b-1, 0)][i]) / 2
		}
		show.Printf("after %d blocks: %5.2f bits; %.2f of the probability has moved\n", b, lm.Entropy(p), moved)
	}
}
