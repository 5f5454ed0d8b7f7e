function figure(place) {
  const packed = bytes(data.gaps), n = packed.length / 2;
  const gap = i => (packed[2 * i] + 256 * packed[2 * i + 1]) / 1000; // nats below the first
  const width = 640, row = 26, left = 170, top = 44, right = 70;
  const svg = canvas(place, width, top + row * data.words.length + 10, "Probabilities of the next token");
  const heading = shape("text", { x: 12, y: 24, "font-size": 16, "font-weight": "bold", fill: "#212529" });
  svg.append(heading);
  const bars = data.words.map((word, i) => {
    const y = top + row * i;
    svg.append(shape("text", { x: left - 10, y: y + 17, "text-anchor": "end", "font-size": 14, fill: "#212529" }, word));
    const bar = shape("rect", { x: left, y: y + 3, height: row - 7, width: 0, fill: "#0072b2" });
    const percent = shape("text", { y: y + 17, "font-size": 13, fill: "#606870" });
    svg.append(bar, percent);
    return [bar, percent];
  });
  const move = ([t, k]) => {
    const temperature = Number(data.knobs[0].labels[t]), keep = data.keeps[k] || n, last = Math.min(keep, n);
    const weight = i => temperature > 0 ? Math.exp(-gap(i) / temperature) : i === 0 ? 1 : 0;
    let sum = 0, bits = 0;
    for (let i = 0; i < last; i++) sum += weight(i);
    for (let i = 0; i < last; i++) {
      const p = weight(i) / sum;
      if (p > 0) bits -= p * Math.log2(p);
    }
    heading.textContent = `Temperature ${temperature.toFixed(2)}, ${keep >= n ? "all" : keep} tokens: ${Math.abs(bits).toFixed(1)} bits`;
    const scale = (width - left - right) * sum; // the first bar fills the room
    bars.forEach(([bar, percent], i) => {
      const p = i < last ? weight(i) / sum : 0, w = p * scale;
      bar.setAttribute("width", w.toFixed(1));
      percent.setAttribute("x", (left + w + 6).toFixed(1));
      percent.textContent = (100 * p).toFixed(p >= 0.0995 ? 0 : p >= 0.00995 ? 1 : 2) + " %";
    });
  };
  const { at } = knobs(place, move);
  move(at);
}
