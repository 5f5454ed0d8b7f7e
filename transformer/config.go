package transformer

import (
	"encoding/json"
	"fmt"

	"oneword/transformer/token"
)

// A Config says how large a model is, in the words of the config.json of
// GPT-2's on the Hub.
type Config struct {
	Vocab   int     `json:"vocab_size"`
	Context int     `json:"n_positions"` // the window: how many tokens it sees at most
	Width   int     `json:"n_embd"`      // numbers in a vector
	Blocks  int     `json:"n_layer"`
	Heads   int     `json:"n_head"`
	Inner   int     `json:"n_inner,omitempty"` // neurons of a block's fully connected part; 0 for 4·Width
	Epsilon float32 `json:"layer_norm_epsilon"`
}

// Hidden is the number of neurons of a block's fully connected part.
func (c Config) Hidden() int {
	if c.Inner > 0 {
		return c.Inner
	}
	return 4 * c.Width
}

// Params is how many weights and biases such a model has.
func (c Config) Params() int {
	return (c.Vocab+c.Context)*c.Width + c.Blocks*c.BlockParams() + 2*c.Width
}

// BlockParams is how many of them a block has.
func (c Config) BlockParams() int {
	return 4*c.Width + // two layer norms
		3*c.Width*c.Width + 3*c.Width + // queries, keys and values
		c.Width*c.Width + c.Width + // what attention found
		2*c.Width*c.Hidden() + c.Hidden() + c.Width // the fully connected part
}

// Check reports sizes that make no model.
func (c Config) Check() error {
	for _, v := range []struct {
		name     string
		got, max int
	}{
		{"vocab_size", c.Vocab, 1 << 24}, {"n_positions", c.Context, 1 << 20}, {"n_embd", c.Width, 1 << 16},
		{"n_layer", c.Blocks, 1 << 12}, {"n_head", c.Heads, 1 << 12}, {"n_inner", c.Hidden(), 1 << 20},
	} {
		if v.got < 1 || v.got > v.max {
			return fmt.Errorf("%s is %d, want 1 to %d", v.name, v.got, v.max)
		}
	}
	if c.Width%c.Heads != 0 {
		return fmt.Errorf("n_embd %d is not a multiple of n_head %d", c.Width, c.Heads)
	}
	if !(c.Epsilon > 0 && c.Epsilon < 1) {
		return fmt.Errorf("layer_norm_epsilon is %v", c.Epsilon)
	}
	return nil
}

// ParseConfig reads a config.json. An architecture other than GPT-2's is an
// error.
func ParseConfig(file []byte) (Config, error) {
	full := struct {
		Config
		ModelType  string `json:"model_type"`
		Activation string `json:"activation_function"`
		NCtx       int    `json:"n_ctx"`
		Scale      *bool  `json:"scale_attn_weights"`
		ByLayer    bool   `json:"scale_attn_by_inverse_layer_idx"`
	}{Config: Config{Epsilon: 1e-5}, ModelType: "gpt2", Activation: "gelu_new"}
	if err := json.Unmarshal(file, &full); err != nil {
		return Config{}, err
	}
	if full.Context == 0 {
		full.Context = full.NCtx
	}
	switch {
	case full.ModelType != "gpt2":
		return Config{}, fmt.Errorf("a model of type %q, want gpt2", full.ModelType)
	case full.Activation != "gelu_new" && full.Activation != "gelu_pytorch_tanh":
		return Config{}, fmt.Errorf("activation_function %q, want gelu_new", full.Activation)
	case full.ByLayer || full.Scale != nil && !*full.Scale:
		return Config{}, fmt.Errorf("attention that is scaled otherwise than GPT-2's")
	}
	return full.Config, full.Config.Check()
}

// JSON is the config.json of the size, with the token that parts texts, as the
// Hub's programs want it. Without a vocabulary it is taken for the last one, as
// GPT-2's is.
func (c Config) JSON(v *token.Vocabulary) []byte {
	end := c.Vocab - 1
	if v != nil && v.EndOfText() >= 0 {
		end = v.EndOfText()
	}
	b, err := json.MarshalIndent(struct {
		Architectures []string `json:"architectures"`
		ModelType     string   `json:"model_type"`
		Activation    string   `json:"activation_function"`
		Config
		Begin int `json:"bos_token_id"`
		End   int `json:"eos_token_id"`
	}{[]string{"GPT2LMHeadModel"}, "gpt2", "gelu_new", c, end, end}, "", "  ")
	if err != nil {
		panic(err) // numbers and strings only
	}
	return append(b, '\n')
}

// Sizes are those of GPT-2 (Radford et al. 2019), by the names of their
// repositories.
func Sizes() map[string]Config {
	return map[string]Config{
		"gpt2":        {Vocab: 50257, Context: 1024, Width: 768, Blocks: 12, Heads: 12, Epsilon: 1e-5},
		"gpt2-medium": {Vocab: 50257, Context: 1024, Width: 1024, Blocks: 24, Heads: 16, Epsilon: 1e-5},
		"gpt2-large":  {Vocab: 50257, Context: 1024, Width: 1280, Blocks: 36, Heads: 20, Epsilon: 1e-5},
		"gpt2-xl":     {Vocab: 50257, Context: 1024, Width: 1600, Blocks: 48, Heads: 25, Epsilon: 1e-5},
	}
}
