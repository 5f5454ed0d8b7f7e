function figure(place) {
  let number = 0;
  const send = stop => globalThis.gonb_comm?.send(data.address, JSON.stringify({ number: ++number, at, stop }));
  const { at, bar } = knobs(place, () => send(false));
  const button = element("button", { type: "button", style: "font:inherit;padding:.2em .8em;cursor:pointer" }, "Stop");
  button.addEventListener("click", () => send(true));
  bar.append(button);
  // GoNB's connection may not be there yet, or be that of a kernel that is gone
  // and is then replaced: say hello until it must have been heard.
  for (let i = 0; i < 24; i++) setTimeout(() => { if (number <= i) send(false); }, 50 + 300 * i);
}
