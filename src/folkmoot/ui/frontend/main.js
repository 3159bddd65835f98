// What every page gains when scripts run. All of it is optional: a page says and does the same without.
import { enhanceCopyButtons } from "./scripts/copy.js";
import { enhanceDisclosures } from "./scripts/disclosure.js";
import { focusErrorSummary, guardForms } from "./scripts/forms.js";
import { refreshRelativeTimes } from "./scripts/relative.js";
import { enhanceReordering } from "./scripts/reorder.js";
import { enhanceShortcuts } from "./scripts/shortcuts.js";
import { showCurrentTabs } from "./scripts/tabs.js";
import { enhanceThemeLinks } from "./scripts/theme.js";
import { enhanceToasts } from "./scripts/toast.js";
import { detectZone } from "./scripts/zone.js";

function enhance(root) {
  enhanceCopyButtons(root);
  refreshRelativeTimes(root);
  enhanceToasts(root);
  guardForms(root);
  enhanceReordering(root);
}

enhanceDisclosures();
enhanceThemeLinks();
enhanceShortcuts();
enhance(document);
focusErrorSummary();
showCurrentTabs();
detectZone(enhance);
document.addEventListener("htmx:load", ({ detail }) => enhance(detail.elt));
