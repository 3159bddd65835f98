/** Shows the copy buttons, which without scripts could do nothing and stay hidden. */
export function enhanceCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  } catch {
    return;
  }
  const words = button.textContent;
  button.textContent = button.dataset.done;
  if (said) said.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = words;
    if (said) said.textContent = "";
  }, 2500);
}
