// A web socket that comes back by itself: after a while that grows, and at once when there is a network again.
const FIRST = 400;
const LONGEST = 8_000;
const PATIENCE = 6_000;
const ASKS_EACH = 20_000;

export class Line {
  constructor(path, { opened, came, lost, ask }) {
    this.address = new URL(path, location.href.replace(/^http/, "ws"));
    this.hear = { opened, came, lost, ask };
    this.failed = 0;
    this.over = false;
    addEventListener("online", () => this.again(0));
    // The network is gone for all we are told; what is in flight is sent once more later.
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || this.over) return;
      if (this.isOpen) this.check();
      else this.again(0);
    });
    setInterval(() => this.isOpen && document.visibilityState === "visible" && this.check(), ASKS_EACH);
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.timer);
    if (this.over || this.isResting || this.socket) return;
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.await(PATIENCE * 2);
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.socket) return;
      clearTimeout(this.waiting);
      this.hear.came(new Uint8Array(data));
    });
    socket.addEventListener("open", () => socket === this.socket && this.hear.opened());
    socket.addEventListener("close", ({ code }) => socket === this.socket && this.end(code));
  }

  send(message) {
    if (this.isOpen) this.socket.send(message);
  }

  /** The server has let us in; one that sends us away at once is asked less and less often. */
  holds() {
    this.failed = 0;
  }

  /** Asks whether the server is still there; a line that was cut by a closed lid says nothing by itself. */
  check() {
    this.hear.ask();
    this.await(PATIENCE);
  }

  await(time) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.drop(), time);
  }

  drop() {
    if (!this.socket) return;
    const { socket } = this;
    this.end(1006);
    socket.close();
  }

  end(code) {
    clearTimeout(this.waiting);
    this.socket = null;
    this.hear.lost(code);
    this.again();
  }

  /** Comes back, not all at the same time. */
  again(time = Math.min(LONGEST, FIRST * 2 ** this.failed) * (0.5 + Math.random())) {
    clearTimeout(this.timer);
    if (this.over || this.isResting || this.socket) return;
    this.timer = setTimeout(() => this.connect(), time);
    this.failed = Math.min(this.failed + 1, 10);
  }

  /** Goes away on purpose, until `resume`. */
  pause() {
    this.isResting = true;
    clearTimeout(this.timer);
    this.drop();
  }

  resume() {
    if (!this.isResting) return;
    this.isResting = false;
    this.connect();
  }

  stop() {
    this.over = true;
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }
}
