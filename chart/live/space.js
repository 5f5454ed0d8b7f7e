function figure(place) {
  const { width, height, step } = data, legend = data.groups.filter(g => g.name).length > 1;
  const svg = canvas(place, width, height, data.title);
  svg.style.touchAction = "none";
  svg.style.cursor = "grab";
  const picture = shape("g", {});
  svg.append(picture);
  if (data.title) svg.append(shape("text", { x: 12, y: 24, "font-size": 16, "font-weight": "bold", fill: "#212529" }, data.title));
  if (legend) {
    let x = 14;
    for (const g of data.groups.filter(g => g.name)) {
      svg.append(shape("circle", { cx: x, cy: 41, r: 5, fill: g.colour }));
      const name = shape("text", { x: x + 10, y: 46, "font-size": 13, fill: "#212529" }, g.name);
      svg.append(name);
      x += 26 + 7.2 * g.name.length;
    }
  }
  const floor = Math.min(...data.groups.flatMap(g => g.points.map(p => p[2]))) - 0.08;
  let turn = data.turn, tilt = data.tilt;
  // The same projection as that of the still picture: parallel, from above.
  const draw = () => {
    const [sa, ca, st, ct] = [Math.sin(turn), Math.cos(turn), Math.sin(tilt), Math.cos(tilt)];
    const top = legend ? 56 : 34, room = height - top - 12;
    const size = Math.min((width - 24) / 2.84, room / (2 * (1.42 * Math.abs(st) + Math.abs(ct))));
    const project = ([x, y, z]) => {
      const u = x * ca - y * sa, w = x * sa + y * ca;
      return [width / 2 + size * u, top + room / 2 - size * (w * st + z * ct), w * ct - z * st];
    };
    const line = (a, b, colour, thick) => shape("line", { x1: a[0].toFixed(1), y1: a[1].toFixed(1), x2: b[0].toFixed(1), y2: b[1].toFixed(1), stroke: colour, "stroke-width": thick });
    const behind = [], items = [];
    for (let k = -4; k <= 4; k++) {
      behind.push(line(project([k / 4, -1, floor]), project([k / 4, 1, floor]), "#dee2e6", 0.8));
      behind.push(line(project([-1, k / 4, floor]), project([1, k / 4, floor]), "#dee2e6", 0.8));
    }
    for (const g of data.groups) {
      g.points.forEach((p, i) => {
        const at = project(p), under = project([p[0], p[1], floor]);
        behind.push(shape("circle", { cx: under[0].toFixed(1), cy: under[1].toFixed(1), r: 2, fill: "#788088", opacity: 0.18 }));
        items.push([at[2], near => shape("circle", { cx: at[0].toFixed(1), cy: at[1].toFixed(1), r: (2 + 2 * near).toFixed(1), fill: g.colour, opacity: (0.45 + 0.55 * near).toFixed(2) })]);
        const before = g.from || g.path && i > 0 && g.points[i - 1];
        if (before) {
          const from = project(before);
          items.push([(at[2] + from[2]) / 2, near => line(from, at, g.colour, (1 + near).toFixed(1))]);
        }
        const label = g.labels && g.labels[i];
        if (label) items.push([at[2] - 1e-6, near => shape("text", { x: (at[0] + 6).toFixed(1), y: (at[1] + 4).toFixed(1), "font-size": 11.5, fill: "#212529", opacity: (0.35 + 0.65 * near).toFixed(2) }, label)]);
      });
    }
    items.sort((a, b) => b[0] - a[0]); // the farthest first: what is nearer hides it
    const far = items.length ? items[0][0] : 0, close = items.length ? items[items.length - 1][0] : 0;
    picture.replaceChildren(...behind, ...items.map(([depth, make]) => make(far > close ? (far - depth) / (far - close) : 1)));
  };
  const degree = Math.PI / 180, count = data.knobs.map(k => k.labels.length);
  const { set, at } = knobs(place, at => {
    turn = (at[0] * step - 180) * degree;
    tilt = at[1] * step * degree;
    draw();
  });
  let held = null;
  svg.addEventListener("pointerdown", e => {
    held = [e.clientX, e.clientY, ...at];
    svg.setPointerCapture(e.pointerId);
  });
  svg.addEventListener("pointermove", e => {
    if (!held) return;
    const half = count[0] - 1; // a whole turn, and round again
    set(0, (((held[2] + Math.round((e.clientX - held[0]) / 6)) % half) + half) % half);
    set(1, Math.max(0, Math.min(count[1] - 1, held[3] + Math.round((e.clientY - held[1]) / 12))));
  });
  for (const event of ["pointerup", "pointercancel"]) svg.addEventListener(event, () => { held = null; });
  draw();
}
