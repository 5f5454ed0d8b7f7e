function figure(place) {
  const picture = place.querySelector("img");
  knobs(place, at => {
    const i = data.knobs.reduce((i, k, n) => i * k.labels.length + at[n], 0);
    picture.src = "data:image/svg+xml," + encodeURIComponent(data.frames[i]);
  });
}
