// The open incident: new reports appear and counts follow, what is typed or chosen stays.

import { calmly } from "./calmly.js";
import { watch } from "./live.js";
import { announce } from "./page.js";
import { danger, renew, stripOf } from "./strip.js";
import { fetched, keys, mergeRows } from "./swap.js";

const root = document.querySelector("[data-incident]");
const reports = root.querySelector("[data-reports]");
const subject = decodeURIComponent(location.pathname.split("/")[2]);

const strip = stripOf(root);

const changed = (what) => (what === null || what === subject || tellsOfIt(what) ? page() : strip());

const tellsOfIt = (what) => [...reports.children].some((row) => row.dataset.about === what);

const page = calmly(async () => {
  const fresh = await fetched(location.pathname + location.search).catch(() => null);
  if (!fresh) return;
  const before = new Set(keys(reports));
  mergeRows(reports, fresh.querySelector("[data-reports]"));
  renew(root, fresh, typedIn);
  if (keys(reports).some((key) => !before.has(key))) announce(root.dataset.new);
});

// A part in which somebody wrote or chose something is not replaced.
function typedIn(part, old) {
  return [...old.querySelectorAll("input, select, textarea")].some(differs);
}

function differs(field) {
  if (field.matches("select")) return field.selectedIndex > 0;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

danger(root);
watch(changed);
