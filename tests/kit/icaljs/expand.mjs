// Expands a calendar with ical.js, as Thunderbird does: {ics, until} on standard input, a list of
// [uid, start, end, status] on standard output; times are seconds since 1970.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const { ics, until } = JSON.parse(readFileSync(0, "utf-8"));
const calendar = new ICAL.Component(ICAL.parse(ics));
ICAL.TimezoneService.reset();
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

// Changes belong to the series of the same UID; left to itself ical.js relates every change to every series.
const changes = new Map();
const masters = [];
for (const component of calendar.getAllSubcomponents("vevent")) {
  if (!component.hasProperty("recurrence-id")) masters.push(component);
  else {
    const uid = component.getFirstPropertyValue("uid");
    changes.set(uid, [...(changes.get(uid) ?? []), component]);
  }
}

const found = [];
const add = (event, start, end) => {
  if (start.toUnixTime() < until) {
    found.push([event.uid, start.toUnixTime(), end.toUnixTime(), event.component.getFirstPropertyValue("status")]);
  }
};
for (const component of masters) {
  const exceptions = changes.get(component.getFirstPropertyValue("uid")) ?? [];
  const event = new ICAL.Event(component, { exceptions });
  if (!event.isRecurring()) {
    add(event, event.startDate, event.endDate);
    continue;
  }
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.toUnixTime() < until; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    add(item, startDate, endDate);
  }
}
process.stdout.write(JSON.stringify(found));
