import { keepCookie } from "./cookies.js";

/** Light, dark or the device's choice at once, for readers whose choice is kept in a cookie. */
export function enhanceThemeLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-theme-to]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    wear(link.dataset.themeTo === "other" ? otherTheme() : link.dataset.themeTo);
  });
}

function otherTheme() {
  const worn = document.documentElement.dataset.theme;
  const isDark = worn === "dark" || (worn !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  return isDark ? "light" : "dark";
}

function wear(theme) {
  keepCookie("theme", theme);
  document.documentElement.dataset.theme = theme;
  for (const link of document.querySelectorAll("[data-theme-to]")) {
    if (link.dataset.themeTo === theme) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
