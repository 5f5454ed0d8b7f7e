package nn

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"oneword/internal/safetensors"
)

// Save writes parameters as safetensors, in 32 bits.
func Save(w io.Writer, params []Param, metadata map[string]string) error {
	return SaveAs(w, params, "F32", metadata)
}

// SaveAs writes parameters rounded to a type: F32, F16 or BF16.
func SaveAs(w io.Writer, params []Param, kind string, metadata map[string]string) error {
	tensors := make([]safetensors.Tensor, len(params))
	for i, p := range params {
		tensors[i] = safetensors.Tensor{Name: p.Name, Shape: p.Shape, Data: p.Data, Type: kind}
	}
	return safetensors.Write(w, tensors, metadata)
}

// Load reads parameters from the bytes of a safetensors file; the name is for
// errors. If a tensor is missing or has another shape, the error names the
// first one, and no parameter is changed.
func Load(name string, file []byte, params []Param) error {
	f, err := safetensors.Parse(name, file)
	if err != nil {
		return err
	}
	return load(f, params)
}

func load(f *safetensors.File, params []Param) error {
	read := make([][]float32, len(params))
	for i, p := range params {
		read[i] = make([]float32, len(p.Data))
		if err := f.Float32(p.Name, p.Shape, read[i]); err != nil {
			return err
		}
	}
	for i, p := range params {
		copy(p.Data, read[i])
	}
	return nil
}

// The names that a checkpoint gives to what the optimizer remembers, and the
// metadata that tell where training stood.
const (
	statePrefix = "optimizer."
	metaStep    = "step"
	metaSeed    = "seed"
	metaLeast   = "least held-out loss"
	metaWithout = "epochs without a lower one"
	metaSum     = "sum of losses since the last point"
	metaSince   = "steps since the last point"
	metaRecord  = "record"
)

// Checkpoint writes all that Resume needs to go on to the same result:
// parameters, the optimizer's state, the step, and the record.
func (t *Trainer) Checkpoint(w io.Writer) error {
	params := slices.Clone(t.Params)
	for _, s := range t.Optimizer.State() {
		params = append(params, Param{statePrefix + s.Name, s.Tensor})
	}
	record, err := json.Marshal(t.Record)
	if err != nil {
		return fmt.Errorf("nn: the record of the training: %w", err)
	}
	return Save(w, params, map[string]string{
		metaRecord: string(record), metaSum: strconv.FormatFloat(t.sum, 'g', -1, 64), metaSince: strconv.Itoa(t.since),
		metaStep: strconv.Itoa(t.step), metaSeed: strconv.FormatUint(t.Seed, 10),
		metaLeast: strconv.FormatFloat(t.least, 'g', -1, 64), metaWithout: strconv.Itoa(t.without)})
}

// Resume takes back a checkpoint, of a trainer with the same settings: Steps
// then goes on after the step at which it was written, to the same result as
// without the interruption. If the length of the training was changed, the
// learning rate follows the schedule of the new length from there on. A
// checkpoint of another net or seed, or past the end of the training, is an
// error, and changes nothing.
func (t *Trainer) Resume(name string, file []byte) error {
	f, err := safetensors.Parse(name, file)
	if err != nil {
		return err
	}
	if got, want := f.Metadata[metaSeed], strconv.FormatUint(t.Seed, 10); got != want {
		return fmt.Errorf("%s: a checkpoint with seed %q, but this training has %s", name, got, want)
	}
	step, err := strconv.Atoi(f.Metadata[metaStep])
	if err != nil || step < 0 || step > t.Len() {
		return fmt.Errorf("%s: a checkpoint at step %q of %d", name, f.Metadata[metaStep], t.Len())
	}
	least, errLeast := strconv.ParseFloat(f.Metadata[metaLeast], 64)
	without, errWithout := strconv.Atoi(f.Metadata[metaWithout])
	if errLeast != nil || errWithout != nil {
		return fmt.Errorf("%s: a checkpoint with %s %q and %s %q", name, metaLeast, f.Metadata[metaLeast], metaWithout, f.Metadata[metaWithout])
	}
	var record Record
	sum, errSum := strconv.ParseFloat(f.Metadata[metaSum], 64)
	since, errSince := strconv.Atoi(f.Metadata[metaSince])
	if err := errors.Join(errSum, errSince, json.Unmarshal([]byte(f.Metadata[metaRecord]), &record)); err != nil {
		return fmt.Errorf("%s: the checkpoint's record: %w", name, err)
	}
	var state []Param
	for _, tensor := range f.Names() {
		if len(tensor) <= len(statePrefix) || tensor[:len(statePrefix)] != statePrefix {
			continue
		}
		s := Param{tensor[len(statePrefix):], NewTensor(f.Shape(tensor)...)}
		if err := f.Float32(tensor, s.Shape, s.Data); err != nil {
			return err
		}
		state = append(state, s)
	}
	// The parameters first: their error names what differs.
	trial := make([]Param, len(t.Params))
	for i, p := range t.Params {
		trial[i] = Param{p.Name, NewTensor(p.Shape...)}
	}
	if err := load(f, trial); err != nil {
		return err
	}
	if step > 0 && len(state) == 0 {
		return fmt.Errorf("%s: a checkpoint at step %d without the optimizer's state", name, step)
	}
	if err := t.Optimizer.Restore(t.Params, state); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, p := range trial {
		copy(t.Params[i].Data, p.Data)
	}
	t.step, t.least, t.without = step, least, without
	t.Record, t.sum, t.since = record, sum, since
	return nil
}
