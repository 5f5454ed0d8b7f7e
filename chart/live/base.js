// What all figures that respond have in common. Text that comes from data goes
// into the page as text, never as HTML.
const svgSpace = "http://www.w3.org/2000/svg";
const fonts = '"Liberation Sans", Arial, Helvetica, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

function element(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

function shape(name, attributes, text) {
  const e = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (text !== undefined) e.textContent = text;
  return e;
}

// canvas puts an SVG of w by h in the place of the still picture.
function canvas(place, w, h, title) {
  const svg = shape("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": title, style: `display:block;width:100%;max-width:${w}px;height:auto;background:#fff;font-family:${fonts.replaceAll('"', "'")}` });
  place.querySelector("img").replaceWith(svg);
  return svg;
}

// knobs puts the controls below the picture. It returns where they stand, and
// calls moved whenever that changes.
function knobs(place, moved) {
  const at = data.knobs.map(k => k.at);
  const bar = element("div", { style: `display:flex;flex-wrap:wrap;gap:.4em 1.6em;align-items:center;padding:.5em .8em;font:14px ${fonts}` });
  const set = (i, value) => {
    at[i] = value;
    const k = data.knobs[i];
    controls[i].value = value;
    if (k.kind === "slider") controls[i].nextSibling.textContent = k.labels[value];
    moved(at);
  };
  const controls = data.knobs.map((k, i) => {
    if (k.kind === "again") {
      const button = element("button", { type: "button", style: "font:inherit;padding:.2em .8em;cursor:pointer" }, k.name);
      button.addEventListener("click", () => set(i, (at[i] + 1) % k.labels.length));
      bar.append(button);
      return button;
    }
    let control;
    if (k.kind === "field") {
      control = element("input", { type: "text", size: Math.max(10, k.labels[0].length + 2), style: "font:inherit" });
      at[i] = k.labels[0];
    } else if (k.kind === "choice") {
      control = element("select", { style: "font:inherit" });
      k.labels.forEach((label, j) => control.append(element("option", { value: j }, label)));
    } else {
      control = element("input", { type: "range", min: 0, max: k.labels.length - 1, step: 1, style: "width:14em;max-width:45vw" });
    }
    control.setAttribute("aria-label", k.name);
    control.value = at[i];
    if (k.kind === "field") control.addEventListener("change", () => set(i, control.value));
    else control.addEventListener("input", () => set(i, Number(control.value)));
    const label = element("label", { style: "display:inline-flex;align-items:center;gap:.6em;margin:0;font:inherit;white-space:nowrap" }, k.name, control);
    if (k.kind === "slider") label.append(element("output", { style: "min-width:3em;padding:0;font:inherit;color:inherit;font-variant-numeric:tabular-nums" }, k.labels[at[i]]));
    bar.append(label);
    return control;
  });
  place.append(bar);
  return { at, set, bar };
}

// bytes decodes what Go has packed.
function bytes(text) {
  return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}
