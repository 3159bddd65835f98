// Tried by test_notes_script.py: says in JSON what went wrong.
import { difference, editsOf, endOf, moved, transplanted } from "../../src/folkmoot/ui/frontend/notes/edits.js";

const wrong = [];
const expect = (what, found, wanted) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push(`${what}: ${JSON.stringify(found)}`);
};
const merged = (base, mine, theirs) => made(theirs, transplanted(difference(base, mine), base, theirs));
const made = (text, { start, removed, inserted }) => text.slice(0, start) + inserted + text.slice(start + removed);

// A random generator of its own, so that every run tries the same.
let seed = 7;
const below = (most) => (seed = (seed * 48271) % 2147483647) % most;
const letters = ["a", "a", "b", " ", "\n", "é", "😀", "😁", "🏳️‍🌈"];
const text = () => Array.from({ length: below(7) }, () => letters[below(letters.length)]).join("");

for (let round = 0; round < 20_000; round++) {
  const [base, mine, theirs] = [text(), text(), text()];
  const edit = difference(base, mine, below(mine.length + 1));
  if (made(base, edit) !== mine) wrong.push(`difference ${JSON.stringify([base, mine])}`);
  if (!edit.inserted.isWellFormed() || !base.slice(0, edit.start).isWellFormed()) wrong.push(`cut ${base} ${mine}`);
  const both = merged(base, mine, theirs);
  const added = difference(base, mine).inserted;
  if (!both.includes(added) || (theirs === base && both !== mine)) wrong.push(`lost ${JSON.stringify([base, mine, theirs])}`);
}

expect("typed before the same letter", difference("aa", "aaa", 1), { start: 0, removed: 0, inserted: "a" });
expect("typed behind it", difference("aa", "aaa", 3), { start: 2, removed: 0, inserted: "a" });
expect("theirs before mine", merged("old lamps", "old lamps!", "very old lamps"), "very old lamps!");
expect("theirs behind mine", merged("old lamps", "My old lamps", "old lamps!"), "My old lamps!");
expect("both in one place", merged("old lamps", "dim lamps", "new lamps"), "newdim lamps");
// Words at both ends of a name that was taken out meanwhile do not bring it back.
const delta = [{ insert: "So " }, { retain: 15 }, { delete: 1 }, { insert: "!" }];
const edits = editsOf(delta);
expect("a delta", edits, [{ start: 15, removed: 1, inserted: "!" }, { start: 0, removed: 0, inserted: "So " }]);
const [base, theirs] = ["Ada spoke first.", "Somebody spoke first."];
expect("a name", edits.reduce((text, edit) => made(text, transplanted(edit, base, theirs)), theirs), "So Somebody spoke first!");
expect("before the caret", moved(5, [{ retain: 2 }, { insert: "xyz" }]), 8);
expect("at the caret", moved(5, [{ retain: 5 }, { insert: "xyz" }]), 5);
expect("around the caret", moved(5, [{ retain: 2 }, { delete: 9 }]), 2);
expect("taken out before it", moved(5, [{ delete: 2 }]), 3);
expect("behind it", moved(5, [{ retain: 7 }, { delete: 2 }]), 5);
expect("end of a change", endOf([{ retain: 3 }, { insert: "ab" }, { delete: 4 }, { retain: 2 }]), 5);

console.log(JSON.stringify(wrong.slice(0, 5)));
