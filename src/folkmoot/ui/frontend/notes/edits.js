// What was done to a text, and where the caret is afterwards. Nothing here knows of pages.
const isSecondHalf = (code) => code >= 0xdc00 && code <= 0xdfff;

/** What makes `after` of `before`; where letters repeat, what was typed ends at the caret. */
export function difference(before, after, caret = after.length) {
  const most = Math.min(before.length, after.length);
  const same = (fromEnd) => before[before.length - 1 - fromEnd] === after[after.length - 1 - fromEnd];
  let end = 0;
  while (end < Math.min(most, after.length - caret) && same(end)) end++;
  let start = 0;
  while (start < most - end && before[start] === after[start]) start++;
  while (end < most - start && same(end)) end++;
  // A character outside of the first plane is two units, and is never cut.
  if (start > 0 && (isSecondHalf(before.charCodeAt(start)) || isSecondHalf(after.charCodeAt(start)))) start--;
  if (
    end > 0 &&
    (isSecondHalf(before.charCodeAt(before.length - end)) || isSecondHalf(after.charCodeAt(after.length - end)))
  ) {
    end--;
  }
  return { start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) };
}

/** What a delta does, as edits of the text before it; from the end to the beginning, so that none shifts the next. */
export function editsOf(delta) {
  const found = [];
  let at = 0;
  for (const { retain, delete: removed, insert } of delta) {
    if (retain) {
      at += retain;
      continue;
    }
    if (!found.length || found[0].start + found[0].removed < at) found.unshift({ start: at, removed: 0, inserted: "" });
    if (removed) {
      found[0].removed += removed;
      at += removed;
    } else if (typeof insert === "string") found[0].inserted += insert;
  }
  return found;
}

/** Makes an edit of `base` one of a text that has become `theirs`; where both wrote, both wordings stay. */
export function transplanted(edit, base, theirs) {
  if (theirs === base) return edit;
  const other = difference(base, theirs);
  const shift = other.inserted.length - other.removed;
  if (edit.start >= other.start + other.removed) return { ...edit, start: edit.start + shift };
  if (edit.start + edit.removed <= other.start) return edit;
  return { start: other.start + other.inserted.length, removed: 0, inserted: edit.inserted };
}

/** Where a place is after a change that others made; what comes exactly at the caret comes behind it. */
export function moved(place, delta) {
  let at = 0;
  for (const part of delta) {
    if (part.retain) at += part.retain;
    else if (part.delete) place -= Math.max(0, Math.min(part.delete, place - at));
    else if (typeof part.insert === "string") {
      if (at < place) place += part.insert.length;
      at += part.insert.length;
    }
  }
  return place;
}

/** Where a change ends: there the caret goes when something is undone. */
export function endOf(delta) {
  let at = 0;
  let end = 0;
  for (const part of delta) {
    if (part.retain) at += part.retain;
    else {
      if (part.insert) at += part.insert.length;
      end = at;
    }
  }
  return end;
}
