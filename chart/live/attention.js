function figure(place) {
  const weights = bytes(data.weights), n = data.tokens.length, heads = data.knobs[1].labels.length;
  const text = element("div", { style: `padding:.8em;line-height:2.1;font:16px ${fonts}`, role: "group", "aria-label": "the text, token by token" });
  const says = element("div", { style: `padding:0 .8em .6em;font:14px ${fonts};min-height:1.4em;color:#495057`, "aria-live": "polite" });
  let token = n - 1;
  const show = () => {
    const from = ((at[0] * heads + at[1]) * n + token) * n;
    const share = u => weights[from + u] / 255;
    spans.forEach((span, u) => {
      span.style.background = u <= token ? `rgba(0,114,178,${(0.85 * Math.sqrt(share(u))).toFixed(3)})` : "none";
      span.style.color = u > token ? "#adb5bd" : share(u) > 0.45 ? "#fff" : "#212529";
      span.style.outline = u === token ? "2px solid #d55e00" : "none";
    });
    const most = [...Array(token + 1).keys()].sort((a, b) => share(b) - share(a) || a - b).slice(0, 3);
    says.textContent = `“${data.tokens[token]}” looks at ` + most.filter(u => share(u) > 0).map(u => `“${data.tokens[u]}” ${Math.round(100 * share(u))} %`).join(", ");
  };
  const spans = data.tokens.map((word, t) => {
    const span = element("span", { tabindex: 0, role: "button", style: "display:inline-block;line-height:1.4;padding:.1em .3em;margin:.1em;border-radius:4px;cursor:pointer" }, word);
    for (const event of ["mouseenter", "focus", "click"]) span.addEventListener(event, () => { token = t; show(); });
    return span;
  });
  text.append(...spans);
  place.querySelector("img").replaceWith(text);
  place.append(says);
  const { at } = knobs(place, show);
  show();
}
