// Some front ends run scripts before the picture is in the page: wait for it.
function start(tries) {
  const places = [...document.getElementsByClassName(id)].filter(p => !p.dataset.live);
  for (const place of places) {
    place.dataset.live = "yes";
    figure(place);
  }
  if (places.length === 0 && tries > 0) setTimeout(start, 100, tries - 1);
}
start(50);
