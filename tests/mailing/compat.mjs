// Checks a digest's HTML against caniemail's data: node compat.mjs FILE...
// What some program does not know may only be what the digest does without there.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const clients = ["apple-mail.*", "gmail.*", "outlook.*", "samsung-email.*", "yahoo.*", "orange.*", "thunderbird.*"];
const doneWithout = new Map([
  ["<body> element", "its colours stand on the outer table, too"],
  ["<style> element", "styles stand in the elements; the sheet only adds the dark mode and small screens"],
  ["Class selector", "only the sheet uses classes"],
  ["@media", "without it the light, wide layout shows"],
  ["border-radius", "corners are square then"],
  ["overflow", "hides the preview text, which has no height and the colour of the page"],
  ["overflow-wrap", "a very long word makes the row wider"],
  ["display:none", "the preview text has no height and the colour of the page"],
  ["role attribute", "tells screen readers that a table is for layout"],
  ["height property", "the gap between cards is taller or smaller"],
  ["<code> element", "the words of a command show without their typeface"],
  ["text-decoration", "links are underlined then"],
  ["max-width", "Outlook has a table of fixed width around"],
  ["max-height", "of the preview text, which is hidden anyway"],
  ["lang attribute", "helps screen readers"],
]);

let failed = false;
for (const file of process.argv.slice(2)) {
  const { issues } = caniemail({ clients, html: readFileSync(file, "utf8") });
  const unknown = new Map();
  for (const [client, found] of issues.errors) {
    for (const { title } of found) {
      if (!doneWithout.has(title)) unknown.set(title, [...(unknown.get(title) ?? []), client]);
    }
  }
  for (const [title, which] of unknown) {
    failed = true;
    console.log(`${file}: ${title} is not supported by ${which.join(", ")}`);
  }
  if (!unknown.size) console.log(`${file}: every feature is known, or not missed where it is not`);
}
process.exit(failed ? 1 : 0);
