// Tried by test_notes_script.py: says in JSON what went wrong.
import { Line } from "../../src/folkmoot/ui/frontend/notes/line.js";

const sockets = [];
const waits = [];
globalThis.WebSocket = class extends EventTarget {
  constructor() {
    super();
    sockets.push(this);
  }
};
Object.assign(globalThis, {
  addEventListener: () => {},
  document: { addEventListener: () => {} },
  location: { href: "http://localhost/" },
  setInterval: () => 0,
  setTimeout: (act, time) => waits.push({ act, time }),
});
Math.random = () => 0.5;

const line = new Line("/live/notes/1/", { came: () => {}, lost: () => {} });
line.connect();

/** The server says a word and closes; after how long the line comes back. */
const sentAway = () => {
  const socket = sockets.at(-1);
  socket.dispatchEvent(Object.assign(new Event("message"), { data: new ArrayBuffer(1) }));
  socket.dispatchEvent(Object.assign(new Event("close"), { code: 4429 }));
  const { act, time } = waits.at(-1);
  act();
  return time;
};

const times = [sentAway(), sentAway(), sentAway()];
line.holds();
times.push(sentAway());

const wanted = [400, 800, 1600, 400];
console.log(JSON.stringify(JSON.stringify(times) === JSON.stringify(wanted) ? [] : times));
