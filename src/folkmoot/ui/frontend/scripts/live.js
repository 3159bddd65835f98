const SHORTEST = 1000;
const LONGEST = 60_000;
/** A connection that is back within this time was not worth a word. */
const WORTH_A_WORD = 4000;
const WORDS_STAY = 8000;
/** A tab that nobody looks at for so long stops listening; it catches up when it is looked at again. */
const HIDDEN_FOR = 5 * 60_000;

/** Follows the changes at an element's address for as long as the page is open. */
export function follow(element, { worthAWord = WORTH_A_WORD, hiddenFor = HIDDEN_FOR } = {}) {
  const says = element.querySelector("[data-live-says]");
  let number = Number(element.dataset.liveNumber) || 0;
  let source = null;
  let failures = 0;
  let isLost = false;
  let hasEnded = false;
  let again;
  let fear;
  let word;
  let sleep;
  let isPaused = false;

  const say = (words, stays = true) => {
    if (!says) return;
    clearTimeout(word);
    says.textContent = words ?? "";
    if (!stays) word = setTimeout(() => (says.textContent = ""), WORDS_STAY);
  };

  function open() {
    clearTimeout(again);
    if (source || hasEnded) return;
    source = new EventSource(`${element.dataset.liveAddress}?since=${number}`);
    source.addEventListener("open", isBack);
    source.addEventListener("changed", changed);
    source.addEventListener("ended", ended);
    source.addEventListener("error", failed);
  }

  function close() {
    source?.close();
    source = null;
  }

  function isBack() {
    failures = 0;
    clearTimeout(fear);
    if (isLost) say(element.dataset.liveBack, false);
    isLost = false;
  }

  function changed({ data }) {
    const change = JSON.parse(data);
    if (change.number === number) return;
    number = change.number;
    element.dataset.liveNumber = number;
    for (const name of ["changed", ...change.what]) {
      element.dispatchEvent(new CustomEvent(`live:${name}`, { bubbles: true, detail: change }));
    }
  }

  function ended({ data }) {
    hasEnded = true;
    close();
    say(element.dataset.liveEnded);
    element.dispatchEvent(new CustomEvent("live:ended", { bubbles: true, detail: JSON.parse(data) }));
  }

  // A browser would try again at its own pace, and for some answers not at all.
  function failed() {
    close();
    if (hasEnded || isPaused) return;
    if (failures === 0 && !isLost) fear = setTimeout(lost, worthAWord);
    const wait = Math.min(LONGEST, SHORTEST * 2 ** failures);
    failures += 1;
    // Many pages lose a server at the same moment; they need not all come back in the same one.
    again = setTimeout(open, wait * (0.5 + Math.random() / 2));
  }

  function lost() {
    isLost = true;
    say(element.dataset.liveLost);
  }

  function pause() {
    isPaused = true;
    clearTimeout(again);
    clearTimeout(fear);
    close();
  }

  function resume() {
    isPaused = false;
    failures = 0;
    open();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(sleep);
    if (document.hidden) sleep = setTimeout(pause, hiddenFor);
    else resume();
  });
  window.addEventListener("online", resume);
  window.addEventListener("pagehide", pause);
  window.addEventListener("pageshow", ({ persisted }) => persisted && resume());
  open();
}
