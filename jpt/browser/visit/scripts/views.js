/*
 * What may show another part of a list that is not whole: choices ("page 2 of 3", "100 per page", "all towns"), and tabs
 * and headings that unfold. Asked only where the page's own count says that there is more.
 */
const ALL_WORDS = /^\W{0,3}(?:all|any|alle[rsn]?|tous|toutes|tod[oa]s|tutt[ie]|wszystkie|alla|kaikki|v[šs]echn\w*|всё|все|すべて|全部)(?:\W|$)/i;
const TAB_NAME = /(?:^|[\s_-])(?:tabs?|tablist|tabbar|pills?|segment(?:ed)?|switcher|accordion|collapse)(?:$|[\s_-])/i;
const TAB_CHOSEN = /(?:^|[\s_-])(?:active|current|selected|is-active|is-selected)(?:$|[\s_-])/i;

/* The options of a <select> that show more: each {index, words}. */
function choicesOf(select) {
  const options = [...select.options].filter((option) => !option.disabled).slice(0, 200)
    .map((option) => ({ index: option.index, words: squashed(option.textContent).slice(0, 60), chosen: option.selected }));
  if (options.length < 2) return [];
  const all = options.find((option) => ALL_WORDS.test(option.words));
  const numbers = options.map((option) => {
    const page = PAGE_NUMBER.exec(option.words) || /^(\d{1,4})\s*[-–—]\s*\d{1,5}\b/.exec(option.words) || /^\D{0,12}(\d{1,4})\D{0,20}$/.exec(option.words);
    return page ? Number(page[1]) : NaN;
  });
  const counted = numbers.filter((number) => !Number.isNaN(number));
  const rises = counted.every((number, at) => at === 0 || number > counted[at - 1]);
  if (counted.length >= 2 && counted.length >= options.length - 1 && rises) {
    // 1, 2, 3 and 1-10, 11-20 are pages; 10, 25, 50 are lengths of one.
    if (counted[0] <= 1) return options.filter((option, at) => !option.chosen && !Number.isNaN(numbers[at]));
    const longest = all || options[numbers.indexOf(Math.max(...counted))];
    return longest.chosen ? [] : [longest];
  }
  return all && !all.chosen ? [all] : [];
}

function isTab(element) {
  const role = attributeOf(element, "role");
  if (attributeOf(element, "aria-haspopup") || attributeOf(element, "aria-selected") === "true" || attributeOf(element, "aria-expanded") === "true") return false;
  if (role === "tab") return true;
  if (element.tagName === "SUMMARY") return element.parentElement && element.parentElement.open === false;
  if (element.hasAttribute("aria-controls") && attributeOf(element, "aria-expanded") === "false") return true;
  if (/^(?:tab|pill|collapse)$/i.test(attributeOf(element, "data-toggle") || attributeOf(element, "data-bs-toggle")) || element.hasAttribute("data-tab")) return true;
  if (!/^(?:A|BUTTON|LI)$/.test(element.tagName) || TAB_CHOSEN.test(attributeOf(element, "class"))) return false;
  return TAB_NAME.test(`${attributeOf(element, "class")} ${attributeOf(around(element) || element, "class")} ${attributeOf(around(around(element) || element) || element, "class")}`);
}

/* All of them, the likeliest first: each {id, index, words}; `index` is that of an option, or -1. */
function views() {
  const kept = keptControls();
  const idOf = (element) => (kept.includes(element) ? kept.indexOf(element) : kept.push(element) - 1);
  const roots = rootsHere();
  const usable = (element) => isShown(element) && !isDisabled(element) && !inFurniture(element) && !element.closest("nav,[role=navigation],[role=dialog],dialog");
  const found = [];
  for (const select of everywhere("select", roots)) {
    // A choice may be drawn by others, with the real one hidden behind it.
    if (select.multiple || isDisabled(select) || inFurniture(select)) continue;
    for (const { index, words } of choicesOf(select)) found.push({ id: idOf(select), index, words });
  }
  for (const element of everywhere("[role=tab],[aria-controls],[data-toggle],[data-bs-toggle],[data-tab],summary,a,button,li", roots)) {
    if (found.length > 250) break;
    if (!isTab(element)) continue;
    const words = wordsOf(element).slice(0, 80);
    const target = targetOf(element);
    if (!words || words.length > 70 || (target && !isSameList(target, element)) || !usable(element)) continue;
    if (element.tagName === "LI" && allIn(element, "a,button,[role=tab]").length) continue;
    if (NEXT_WORDS.test(words) || PAGE_NUMBER.test(words) || SLIDER_NAME.test(namesAround(element, 4))) continue;
    found.push({ id: idOf(element), index: -1, words });
  }
  return found;
}

/* Choose an option as a reader does, or press what is none. */
function chooseView(id, index) {
  const element = keptControls()[id];
  if (!element || !element.isConnected) return false;
  if (index < 0) return pressControl(id);
  element.selectedIndex = index;
  for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }));
  return true;
}
