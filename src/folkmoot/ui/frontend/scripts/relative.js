const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const followed = new Set();

/** Keeps words such as "in 2 days" true while a page stays open, without telling a screen reader each time. */
export function refreshRelativeTimes(root) {
  for (const element of root.querySelectorAll("[data-relative]")) followed.add(element);
  refresh();
}

function refresh() {
  const now = Date.now();
  for (const element of followed) {
    if (!element.isConnected) {
      followed.delete(element);
      continue;
    }
    const words = wordsFor(element, now);
    if (words && element.textContent !== words) element.textContent = words;
  }
}

function wordsFor(element, now) {
  const at = Date.parse(element.dataset.relative);
  if (Number.isNaN(at)) return "";
  const until = Date.parse(element.dataset.until ?? "");
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || "en-GB", { numeric: "auto" });
  if (at <= now && now < until) return format.format(0, "second");
  const [amount, unit] = distance(at, now, element.dataset.in);
  return format.format(amount, unit);
}

/** The same steps as in folkmoot.ui.times: minutes, hours of today, calendar days in the zone, weeks, months. */
export function distance(at, now, zone) {
  const apart = Math.abs(at - now);
  const sign = at < now ? -1 : 1;
  if (apart < MINUTE) return [0, "second"];
  if (apart < HOUR) return [sign * Math.floor(apart / MINUTE), "minute"];
  const days = Math.abs(dayOf(at, zone) - dayOf(now, zone));
  if (days === 0 || apart < 6 * HOUR) return [sign * Math.floor(apart / HOUR), "hour"];
  if (days < 14) return [sign * days, "day"];
  if (days < 60) return [sign * Math.floor(days / 7), "week"];
  if (days < 730) return [sign * Math.floor(days / 30.44), "month"];
  return [sign * Math.floor(days / 365.25), "year"];
}

function dayOf(instant, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: usable(zone), year: "numeric", month: "2-digit", day: "2-digit" });
  return Math.round(Date.parse(`${parts.format(instant)}T00:00:00Z`) / DAY);
}

function usable(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

setInterval(() => document.visibilityState === "visible" && refresh(), MINUTE);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
