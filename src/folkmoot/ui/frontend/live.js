// For pages of running calls: hears of changes and says so to the page, which asks for what is new (by htmx).
//
//   <section data-live-address="/live/calls/7/changes" data-live-number="12"
//            data-live-lost="…" data-live-back="…" data-live-ended="…">
//     <p role="status" data-live-says></p>
//     <div hx-get="…" hx-trigger="live:queue from:closest [data-live-address]">…</div>
//
// Events on the section: `live:changed` for every change, whose detail is {number, what}, and one `live:<word>` for each
// word in `what`; a change of which nobody remembers what it was is `live:anything` and so for everybody.
import { follow } from "./scripts/live.js";

for (const section of document.querySelectorAll("[data-live-address]")) follow(section);
