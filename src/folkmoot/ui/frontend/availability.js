// For the page of a poll alone: hours are marked by drawing over them, and days are paged where they do not fit.
import { enhanceHours } from "./scripts/hours.js";
import { pageDays } from "./scripts/days.js";

for (const box of document.querySelectorAll("[data-hours]")) enhanceHours(box, pageDays(box));
for (const box of document.querySelectorAll("[data-hours-paged]")) pageDays(box);
