"""The HTML page without its data, which stand where ``@@DATA@@`` is."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mockleak report</title>
<style>
:root { color-scheme: light dark; --leak: #c62828; --bar: #7d93a8; --line: #8884; --soft: #8882; --allowed: #b07800; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 1.2rem auto; max-width: 1320px; padding: 0 1rem; }
h1 { font-size: 1.25rem; margin: 0 0 .2rem; } h2 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
code { font: 12px ui-monospace, monospace; } .muted { opacity: .7; }
.filters { display: flex; gap: 1rem; flex-wrap: wrap; margin: .8rem 0; }
.filters input[type=search] { width: 22rem; padding: .3rem .5rem; font: inherit; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .3rem .5rem;
 border-top: 1px solid var(--line); } th { font-weight: 600; } tr.leak td:first-child { border-left: 4px solid var(--leak); }
tr.allowed td:first-child { border-left-color: var(--allowed); }
details summary { cursor: pointer; } ol { margin: .2rem 0; padding: 0 0 0 2.4rem; max-height: 8.5rem; overflow: auto; }
#lanes { border: 1px solid var(--line); height: 60vh; overflow: auto; position: relative; }
#canvas { display: block; } #spot { position: fixed; display: none; pointer-events: none; background: Canvas; color: CanvasText;
 border: 1px solid var(--line); padding: .3rem .5rem; max-width: 46rem; white-space: pre-wrap; font: 12px ui-monospace, monospace; }
.key { display: inline-block; width: .9em; height: .9em; vertical-align: -.1em; margin: 0 .3em 0 1em; }
</style>
<h1>Mocks left in place</h1>
<p id="summary"></p><div id="notes" class="muted"></div>
<div class="filters">
 <label>Place <input type="search" id="place" placeholder="os.getcwd"></label>
 <label>Test <input type="search" id="test" placeholder="test_name"></label>
 <label><input type="checkbox" id="only"> leaks only</label>
</div>
<h2>Leaks <span id="leakcount" class="muted"></span></h2>
<table><thead><tr><th>Code<th>Place and line<th>What happened<th>Victims</tr></thead><tbody id="leaks"></tbody></table>
<h2>Timeline <span id="barcount" class="muted"></span>
 <span class="muted"><i class="key" style="background:var(--bar)"></i>patch, from acquisition to release
 <i class="key" style="background:var(--leak)"></i>leak</span></h2>
<div id="lanes"><canvas id="canvas"></canvas></div><div id="spot"></div>
<script>
const report = @@DATA@@;
const $ = id => document.getElementById(id);
const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
const bars = report.timeline.map(bar => ({...bar, leak: null}));
for (const leak of report.leaks)
  bars.push({place: leak.place, path: leak.path, line: leak.line, test: leak.test, start: leak.started,
             end: leak.ended === null ? report.seconds : leak.ended, leak});
const lasts = Math.max(report.seconds, ...bars.map(bar => bar.end).slice(0, 10000), 0.001);
$("summary").textContent = `${count(report.tests, "test")}, ${count(report.acquisitions, "patch").replace(/patchs$/, "patches")}` +
  ` and replacements, ${count(report.leaks.filter(leak => !leak.allowed).length, "leak")}, ` +
  `${count(report.leaks.filter(leak => leak.allowed).length, "allowed leak")}, ${report.seconds.toFixed(2)} s` +
  (report.workers.length ? `, in ${count(report.workers.length, "worker")}` : "");
for (const note of report.notes) $("notes").append(element("p", note));
if (report.bars_dropped) $("notes").append(element("p", `The timeline shows the last ${count(report.timeline.length, "release")} of the session; ${count(report.bars_dropped, "earlier one")} only counted.`));

function victims(leak) {
  const cell = element("td");
  if (leak.touched_count) {
    const details = element("details");
    details.append(element("summary", `touched by ${count(leak.touched_count, "later test")}`));
    const list = element("ol");
    for (const touch of leak.touched)
      list.append(element("li", `${touch.test}: ${[touch.calls ? count(touch.calls, "call") : "", touch.configured ? "configured it" : ""].filter(Boolean).join(", ")}`));
    details.append(list);
    details.open = report.leaks.length < 10;
    cell.append(details);
  }
  if (leak.ran) {
    const details = element("details");
    details.append(element("summary", `${count(leak.ran, "later test")} ran while it was in place`));
    const list = element("ol");
    for (const test of leak.ran_first) list.append(element("li", test));
    details.append(list);
    cell.append(details);
  }
  if (!leak.ran && !leak.touched_count) cell.append(element("span", "none", {class: "muted"}));
  return cell;
}
function matches(item, leak) {
  const place = $("place").value.toLowerCase(), test = $("test").value.toLowerCase();
  if (place && !item.place.toLowerCase().includes(place)) return false;
  if (!test) return true;
  const names = [item.test || "", ...(leak ? leak.ran_first : []), ...(leak ? leak.touched.map(touch => touch.test) : [])];
  return names.some(name => name.toLowerCase().includes(test));
}
function showLeaks() {
  const rows = report.leaks.filter(leak => matches(leak, leak)).sort((a, b) => b.touched_count - a.touched_count);
  $("leakcount").textContent = `${rows.length} of ${report.leaks.length}` + (rows.length > 500 ? ", the first 500 shown" : "");
  $("leaks").replaceChildren(...rows.slice(0, 500).map(leak => {
    const row = element("tr", undefined, {class: leak.allowed ? "leak allowed" : "leak"});
    const where = element("td");
    where.append(element("code", leak.place), element("br"), element("code", `${leak.path}:${leak.line}`, {class: "muted"}));
    const what = element("td");
    what.append(element("div", leak.message), element("div", leak.test, {class: "muted"}));
    if (leak.allowed) what.append(element("div", `allowed: ${leak.allowed}`));
    row.append(element("td", leak.code), where, what, victims(leak));
    return row;
  }));
}
const canvas = $("canvas"), lanes = $("lanes"), HEIGHT = 14, LABEL = 300;
let rows = [];
function layOut() {
  const groups = new Map();
  for (const bar of bars) {
    if ($("only").checked && !bar.leak) continue;
    if (!matches(bar, bar.leak)) continue;
    if (!groups.has(bar.place)) groups.set(bar.place, {place: bar.place, bars: [], leaks: 0});
    const group = groups.get(bar.place);
    group.bars.push(bar);
    if (bar.leak) group.leaks += 1;
  }
  rows = [...groups.values()].sort((a, b) => (b.leaks > 0) - (a.leaks > 0) || b.bars.length - a.bars.length);
  $("barcount").textContent = `${count(rows.length, "place")}, ${count(rows.reduce((sum, row) => sum + row.bars.length, 0), "bar")}`;
  lanes.style.height = `${Math.min(window.innerHeight * .6, 40 + rows.length * HEIGHT)}px`;
  draw();
}
function draw() {
  const width = lanes.clientWidth, height = Math.max(lanes.clientHeight - 2, 1), ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio; canvas.height = height * ratio;
  canvas.style.width = `${width}px`; canvas.style.height = `${height}px`;
  canvas.style.position = "sticky"; canvas.style.top = "0";
  lanes.style.setProperty("--all", `${rows.length * HEIGHT + 24}px`);
  filler.style.height = `${Math.max(0, rows.length * HEIGHT + 24 - height)}px`;
  const pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
  pen.scale(ratio, ratio); pen.clearRect(0, 0, width, height);
  pen.font = "11px ui-monospace, monospace"; pen.textBaseline = "middle";
  const ink = getComputedStyle(document.body).color, scale = (width - LABEL - 10) / lasts;
  pen.fillStyle = ink; pen.globalAlpha = .6;
  for (let step = 0; step <= 10; step++) {
    const x = LABEL + step * (width - LABEL - 10) / 10;
    pen.fillRect(x, 20, .5, height); pen.fillText(`${(lasts * step / 10).toFixed(lasts < 10 ? 2 : 0)} s`, Math.min(x + 2, width - 44), 10);
  }
  pen.globalAlpha = 1;
  const first = Math.floor(lanes.scrollTop / HEIGHT), shown = Math.ceil(height / HEIGHT);
  rows.slice(first, first + shown).forEach((row, index) => {
    const y = 22 + index * HEIGHT;
    pen.fillStyle = row.leaks ? style.getPropertyValue("--leak") : ink;
    const text = row.place.length > 42 ? "…" + row.place.slice(-41) : row.place;
    pen.fillText(text, 6, y + HEIGHT / 2, LABEL - 12);
    for (const bar of row.bars) {
      pen.fillStyle = style.getPropertyValue(bar.leak ? (bar.leak.allowed ? "--allowed" : "--leak") : "--bar");
      pen.fillRect(LABEL + bar.start * scale, y + 2, Math.max((bar.end - bar.start) * scale, 1.5), HEIGHT - 4);
    }
  });
}
const filler = element("div"); lanes.append(filler);
canvas.addEventListener("mousemove", event => {
  const box = canvas.getBoundingClientRect();
  const row = rows[Math.floor(lanes.scrollTop / HEIGHT) + Math.floor((event.clientY - box.top - 22) / HEIGHT)];
  const time = (event.clientX - box.left - LABEL) / (lanes.clientWidth - LABEL - 10) * lasts;
  const slack = 3 * lasts / (lanes.clientWidth - LABEL);
  const bar = row && row.bars.find(bar => time >= bar.start - slack && time <= bar.end + slack);
  $("spot").style.display = row ? "block" : "none";
  if (!row) return;
  $("spot").textContent = bar ? `${bar.place}\\n${bar.path}:${bar.line}\\n${bar.test}\\n${bar.start.toFixed(3)} s to ${bar.end.toFixed(3)} s`
    + (bar.leak ? `\\n${bar.leak.code} ${bar.leak.message}` : "") : row.place;
  $("spot").style.left = `${Math.min(event.clientX + 12, innerWidth - 380)}px`; $("spot").style.top = `${event.clientY + 12}px`;
});
canvas.addEventListener("mouseleave", () => { $("spot").style.display = "none"; });
lanes.addEventListener("scroll", draw); addEventListener("resize", layOut);
for (const id of ["place", "test", "only"]) $(id).addEventListener("input", () => { showLeaks(); layOut(); });
showLeaks(); layOut();
</script>
</html>
"""  # noqa: E501
