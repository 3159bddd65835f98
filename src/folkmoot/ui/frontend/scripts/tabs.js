// The tab of this page in sight where there are more tabs than fit; style alone does it where the browser can.
export function showCurrentTabs() {
  if (CSS.supports("scroll-initial-target: nearest")) return;
  for (const tabs of document.querySelectorAll(".tabs")) {
    const current = tabs.querySelector("[aria-current]");
    if (!current) continue;
    const [strip, tab] = [tabs.getBoundingClientRect(), current.getBoundingClientRect()];
    tabs.scrollLeft += tab.left + tab.width / 2 - (strip.left + strip.width / 2);
  }
}
