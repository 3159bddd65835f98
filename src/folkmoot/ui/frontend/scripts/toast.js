/** Lets messages be put away. They never go by themselves: not everyone reads at the same speed. */
export function enhanceToasts(root) {
  for (const button of root.querySelectorAll("button[data-dismiss]")) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const messages = button.closest(".messages");
      button.closest(".toast").remove();
      if (messages && !messages.querySelector(".toast")) document.getElementById("main")?.focus({ preventScroll: true });
    });
  }
}
