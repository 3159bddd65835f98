// For the page of a poll alone: hours are marked by drawing over them, and days are paged where they do not fit.
import { enhanceHours } from "./scripts/hours.js";
import { pageDays } from "./scripts/days.js";

// On a first visit the hours are in the group's zone, since the device's was not known yet. A table that is drawn over
// is not exchanged under the hands: the page comes once more, in the zone that its frame names.
if (document.documentElement.dataset.zoneIs === "new" && !new URLSearchParams(location.search).has("zone")) {
  location.replace(location.href);
}

for (const box of document.querySelectorAll("[data-hours]")) enhanceHours(box, pageDays(box));
for (const box of document.querySelectorAll("[data-hours-paged]")) pageDays(box);
