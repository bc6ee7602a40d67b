// SPDX-License-Identifier: GPL-3.0-or-later
// The 3-D viewer of the report: each atom is a square that the fragment shader turns into a lit
// sphere with its own depth (a sphere impostor). No library; WebGL 2. Where WebGL is missing nothing
// here runs and the still pictures stay.
"use strict";
(function () {

const byId = (id) => document.getElementById(id);
const source = byId("scene");
const canvas = byId("canvas");
const gl = source && canvas && canvas.getContext("webgl2", { antialias: true, alpha: true });
if (!gl) { return; }
const scene = openScene(JSON.parse(source.textContent));

const { extent, centre, element, coordinate, styleOf, columnValue } = scene;

// ---- state -------------------------------------------------------------------------------------

const start = { azimuth: -0.55, elevation: 0.32, zoom: 1, pan: [0, 0] };
const state = {
  ...structuredClone(start), frame: 0, by: "element", hidden: new Set(), size: 0.9,
  cut: null, place: 0.5, flip: false, perspective: false, playing: 0, picked: -1,
};
let atoms = new Uint32Array(0);   // of the frame
let drawn = new Uint32Array(0);   // of those, what is not hidden or cut away

// Rows: right, up, towards the viewer. The same as in scene_picture.c.
function turn() {
  const ca = Math.cos(state.azimuth), sa = Math.sin(state.azimuth);
  const ce = Math.cos(state.elevation), se = Math.sin(state.elevation);
  return [[ca, -sa, 0], [se * sa, se * ca, ce], [-ce * sa, -ce * ca, se]];
}

const halfDiagonal = Math.hypot(...extent) / 2 + 2;

// Half of the extents, in A, of all atoms of all frames as seen at the start.
const reach = (() => {
  const [right, up] = turn();
  let x = 0, y = 0;
  for (let id = 0; id < scene.records; id++) {
    const p = [0, 1, 2].map((k) => coordinate(id, k) - centre[k]);
    x = Math.max(x, Math.abs(right[0] * p[0] + right[1] * p[1] + right[2] * p[2]));
    y = Math.max(y, Math.abs(up[0] * p[0] + up[1] * p[1] + up[2] * p[2]));
  }
  return [x + 2, y + 2];
})();

// A from the middle to the upper edge of the picture, so that all atoms fit at zoom 1.
function viewScale() {
  const aspect = canvas.clientWidth / Math.max(canvas.clientHeight, 1);
  return 1.04 * Math.max(reach[1], reach[0] / aspect) / state.zoom;
}

// ---- WebGL -------------------------------------------------------------------------------------

function programOf(vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(gl.getProgramInfoLog(program));
  }
  return program;
}

const spheres = programOf(vertexShader, fragmentShader);
const lines = programOf(lineVertexShader, lineFragmentShader);
const sphereArrays = gl.createVertexArray();
const lineArrays = gl.createVertexArray();
const atomBuffer = gl.createBuffer(), tintBuffer = gl.createBuffer();

function attribute(buffer, index, size, type, normalised, divisor) {
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(index);
  gl.vertexAttribPointer(index, size, type, normalised, 0, 0);
  gl.vertexAttribDivisor(index, divisor);
}

function fixedBuffer(numbers) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.STATIC_DRAW);
  return buffer;
}

// The twelve edges of the cell; it is drawn around the atoms' own origin.
function cellEdges() {
  if (!scene.cell) { return []; }
  const points = [];
  const corner = (bits) => [0, 1, 2].map((k) => [0, 1, 2].reduce(
    (sum, v) => sum + (bits >> v & 1) * scene.cell[3 * v + k], 0) - centre[k]);
  for (let bits = 0; bits < 8; bits++) {
    for (let v = 0; v < 3; v++) {
      if (!(bits >> v & 1)) { points.push(...corner(bits), ...corner(bits | 1 << v)); }
    }
  }
  return points;
}

const edges = cellEdges();
gl.bindVertexArray(sphereArrays);
attribute(fixedBuffer([-1, -1, 1, -1, -1, 1, 1, 1]), 0, 2, gl.FLOAT, false, 0);
attribute(atomBuffer, 1, 4, gl.FLOAT, false, 1);
attribute(tintBuffer, 2, 4, gl.UNSIGNED_BYTE, true, 1);
gl.bindVertexArray(lineArrays);
attribute(fixedBuffer(edges), 0, 3, gl.FLOAT, false, 0);
gl.bindVertexArray(null);

function upload() {
  const keep = (id) => {
    if (state.hidden.has(element[id])) { return false; }
    if (state.cut === null) { return true; }
    const fraction = scene.fraction(id, state.cut);
    return state.flip ? fraction >= state.place : fraction <= state.place;
  };
  drawn = atoms.filter(keep);
  const where = new Float32Array(4 * drawn.length);
  const tints = new Uint8Array(4 * drawn.length);
  const table = scene.colourTable(state.by), bytes = scene.colourBytes(state.by);
  for (let i = 0; i < drawn.length; i++) {
    const id = drawn[i];
    for (let k = 0; k < 3; k++) {
      where[4 * i + k] = coordinate(id, k) - centre[k];
      tints[4 * i + k] = table[3 * bytes[id] + k];
    }
    where[4 * i + 3] = styleOf(id).radius;
    tints[4 * i + 3] = id === state.picked ? 255 : 0;
  }
  gl.bindBuffer(gl.ARRAY_BUFFER, atomBuffer);
  gl.bufferData(gl.ARRAY_BUFFER, where, gl.DYNAMIC_DRAW);
  gl.bindBuffer(gl.ARRAY_BUFFER, tintBuffer);
  gl.bufferData(gl.ARRAY_BUFFER, tints, gl.DYNAMIC_DRAW);
  requestDraw();
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const eyeDistance = () => state.perspective ? 3.2 * halfDiagonal : 0;

function setUniforms(program, matrix, scale) {
  const at = (name) => gl.getUniformLocation(program, name);
  gl.useProgram(program);
  gl.uniformMatrix3fv(at("turn"), true, matrix.flat());
  gl.uniform2fv(at("pan"), state.pan);
  gl.uniform1f(at("scale"), scale);
  gl.uniform1f(at("aspect"), canvas.width / canvas.height);
  gl.uniform1f(at("reach"), 2 * halfDiagonal);
  gl.uniform1f(at("eye"), eyeDistance());
  gl.uniform1f(at("size"), state.size);
  gl.uniform1f(at("fadeDepth"), halfDiagonal);
  gl.uniform3fv(at("haze"), dark.matches ? [0.12, 0.13, 0.14] : [0.80, 0.81, 0.82]);
}

let pending = false;
function requestDraw() {
  if (!pending) { pending = true; requestAnimationFrame(draw); }
}

function draw() {
  pending = false;
  const density = Math.min(window.devicePixelRatio || 1, 2);
  const width = Math.max(1, Math.round(canvas.clientWidth * density));
  const height = Math.max(1, Math.round(canvas.clientHeight * density));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const matrix = turn(), scale = viewScale();
  gl.viewport(0, 0, width, height);
  gl.clearColor(0, 0, 0, 0);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.enable(gl.DEPTH_TEST);
  setUniforms(spheres, matrix, scale);
  gl.bindVertexArray(sphereArrays);
  gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, drawn.length);
  if (byId("show-cell").checked) {
    setUniforms(lines, matrix, scale);
    gl.bindVertexArray(lineArrays);
    gl.drawArrays(gl.LINES, 0, edges.length / 3);
  }
  drawTriad(matrix);
  drawScaleBar(scale);
}

function drawTriad(matrix) {
  const names = ["x", "y", "z"];
  byId("triad").innerHTML = names.map((name, k) => {
    const x = matrix[0][k], y = -matrix[1][k];
    return `<line x1="0" y1="0" x2="${20 * x}" y2="${20 * y}"/>` +
      `<text x="${28 * x}" y="${28 * y}">${name}</text>`;
  }).join("");
}

function drawScaleBar(scale) {
  const pixelsPerNanometre = 10 * canvas.clientHeight / (2 * scale);
  const least = 60 / pixelsPerNanometre;
  const power = 10 ** Math.floor(Math.log10(least));
  const length = [1, 2, 5, 10].find((m) => m * power >= least * 0.999) * power;
  byId("scalebar").querySelector("span").textContent = `${readable(length, 1)} nm`;
  byId("scalebar").querySelector("i").style.width = `${length * pixelsPerNanometre}px`;
}

// ---- picking -----------------------------------------------------------------------------------

function pick(x, y) {
  const matrix = turn(), scale = viewScale(), eye = eyeDistance();
  const pixel = 2 * scale / canvas.clientHeight;  // A
  const at = [(x - canvas.clientWidth / 2) * pixel, (canvas.clientHeight / 2 - y) * pixel];
  let best = -1, nearest = -Infinity;
  for (const id of drawn) {
    const p = [0, 1, 2].map((k) => coordinate(id, k) - centre[k]);
    const v = matrix.map((row) => row[0] * p[0] + row[1] * p[1] + row[2] * p[2]);
    const shrink = eye > 0 ? eye / (eye - v[2]) : 1;
    const radius = styleOf(id).radius * state.size * shrink;
    const dx = (v[0] + state.pan[0]) * shrink - at[0], dy = (v[1] + state.pan[1]) * shrink - at[1];
    const inside = radius * radius - dx * dx - dy * dy;
    if (inside > 0 && v[2] + Math.sqrt(inside) > nearest) {
      nearest = v[2] + Math.sqrt(inside);
      best = id;
    }
  }
  state.picked = best;
  describePicked();
  upload();
}

function describePicked() {
  const box = byId("picked");
  box.hidden = state.picked < 0;
  if (state.picked < 0) { return; }
  const style = styleOf(state.picked);
  const xyz = [0, 1, 2].map((k) => coordinate(state.picked, k).toFixed(2).replace("-", "−"));
  const rows = [`${style.symbol} (${style.name})`, `x, y, z = ${xyz.join(", ")} Å`];
  scene.columns.forEach((column, c) => {
    rows.push(`${column.name} = ${readable(columnValue(state.picked, c), 4)} ${column.unit}`);
  });
  box.textContent = rows.join("\n");
}

// ---- controls ----------------------------------------------------------------------------------

function showFrame(number) {
  state.frame = Math.min(Math.max(number, 0), scene.frames.length - 1);
  atoms = scene.atomsOfFrame(state.frame);
  const frame = scene.frames[state.frame];
  const count = new Intl.NumberFormat("en").format(frame.atoms).replace(/,/g, "\u202f");
  const when = frame.time === null ? "" : `${readableTime(frame.time)} · `;
  byId("frame").value = state.frame;
  byId("when").textContent = `${when}frame ${frame.source} of ${scene.sourceFrames} · ${count} atoms`;
  byId("frame").setAttribute("aria-valuetext", byId("when").textContent);
  if (state.picked >= 0 && !atoms.includes(state.picked)) { state.picked = -1; describePicked(); }
  upload();
}

function play() {
  clearInterval(state.playing);
  state.playing = state.playing ? 0 : setInterval(
    () => showFrame((state.frame + 1) % scene.frames.length), 500);
  byId("play").innerHTML = state.playing ? "&#10074;&#10074;" : "&#9654;";
  byId("play").setAttribute("aria-label", state.playing ? "Pause" : "Play");
}

function resetView() {
  Object.assign(state, structuredClone(start));
  requestDraw();
}

function rotate(dx, dy) {
  state.azimuth += dx;
  state.elevation = Math.min(Math.max(state.elevation + dy, -Math.PI / 2), Math.PI / 2);
  requestDraw();
}

function zoom(factor) {
  state.zoom = Math.min(Math.max(state.zoom * factor, 0.2), 60);
  requestDraw();
}

function look(axis) {
  const views = { x: [-Math.PI / 2, 0], y: [0, 0], z: [0, Math.PI / 2] };
  [state.azimuth, state.elevation] = views[axis];
  requestDraw();
}

function setColour() {
  const value = byId("colour-by").value;
  state.by = value === "element" ? value : Number(value);
  const bar = byId("colourbar");
  bar.hidden = state.by === "element";
  if (!bar.hidden) {
    const column = scene.columns[state.by];
    const colours = colourStops.map((c) => `rgb(${c.join()})`).join();
    const [low, high] = bar.querySelectorAll("span");
    bar.querySelector("i").style.background = `linear-gradient(to right,${colours})`;
    low.textContent = `${readable(column.low, 3)} ${column.unit}`;
    high.textContent = `${readable(column.high, 3)} ${column.unit}`;
  }
  upload();
}

function setCut() {
  const axis = byId("cut-axis").value;
  state.cut = axis === "" ? null : Number(axis);
  state.place = Number(byId("cut-place").value) / 1000;
  state.flip = byId("cut-flip").checked;
  byId("cut-place").disabled = state.cut === null;
  byId("cut-value").textContent = state.cut === null ? "" :
    `${"xyz"[state.cut]} ${state.flip ? "≥" : "≤"} ` +
    `${(scene.low[state.cut] + state.place * extent[state.cut]).toFixed(1).replace("-", "−")} Å`;
  upload();
}

function addChoices() {
  const select = byId("colour-by");
  select.add(new Option("element", "element"));
  scene.columns.forEach((column, i) => {
    select.add(new Option(column.unit ? `${column.name} / ${column.unit}` : column.name, i));
  });
  for (const style of scene.elements) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    const dot = document.createElement("b");
    box.type = "checkbox";
    box.checked = true;
    dot.style.background = style.colour;
    box.addEventListener("change", () => {
      state.hidden[box.checked ? "delete" : "add"](style.number);
      upload();
    });
    label.append(box, dot, `${style.symbol} ${style.name}`);
    byId("elements").append(label);
  }
}

function onKey(event) {
  const step = event.shiftKey ? 0.35 : 0.1;
  const actions = {
    ArrowLeft: () => rotate(-step, 0), ArrowRight: () => rotate(step, 0),
    ArrowUp: () => rotate(0, step), ArrowDown: () => rotate(0, -step),
    "+": () => zoom(1.15), "=": () => zoom(1.15), "-": () => zoom(1 / 1.15),
    ",": () => showFrame(state.frame - 1), ".": () => showFrame(state.frame + 1),
    " ": play, r: resetView, R: resetView,
    Escape: () => { state.picked = -1; describePicked(); upload(); },
  };
  if (actions[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    actions[event.key]();
  }
}

// Pointers: one rotates or, with shift, pans; two pinch.
const pointers = new Map();
let travelled = 0;
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  travelled = pointers.size > 1 ? 99 : 0;
});
canvas.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) { return; }
  const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
  const [dx, dy] = [event.clientX - before[0], event.clientY - before[1]];
  travelled += Math.abs(dx) + Math.abs(dy);
  if (others.length > 0) {
    const gap = (p) => Math.max(10, Math.hypot(p[0] - others[0][0], p[1] - others[0][1]));
    zoom(gap([event.clientX, event.clientY]) / gap(before));
  } else if (event.shiftKey || event.buttons & 4) {
    const pixel = 2 * viewScale() / canvas.clientHeight;
    state.pan = [state.pan[0] + dx * pixel, state.pan[1] - dy * pixel];
    requestDraw();
  } else {
    rotate(0.008 * dx, 0.008 * dy);
  }
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
});
canvas.addEventListener("pointerup", (event) => {
  pointers.delete(event.pointerId);
  if (travelled < 4) { pick(event.offsetX, event.offsetY); }
});
canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-0.0012 * event.deltaY));
}, { passive: false });
canvas.addEventListener("keydown", onKey);

byId("frame").addEventListener("input", (event) => showFrame(Number(event.target.value)));
byId("play").addEventListener("click", play);
byId("reset").addEventListener("click", resetView);
byId("colour-by").addEventListener("change", setColour);
for (const id of ["cut-axis", "cut-flip", "cut-place"]) { byId(id).addEventListener("input", setCut); }
byId("size").addEventListener("input", (event) => {
  state.size = Number(event.target.value) / 100;
  requestDraw();
});
byId("perspective").addEventListener("change", (event) => {
  state.perspective = event.target.checked;
  requestDraw();
});
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => look(button.dataset.view));
}
dark.addEventListener("change", requestDraw);

// The address can choose what is seen first: report.html#frame=3&colour=phase&cut=x. Atoms whose phases
// were found show them.
function readAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const by = wanted.get("colour") || "phase";
  const colour = scene.columns.findIndex((column) => column.name === by);
  const axis = "xyz".indexOf(wanted.get("cut") || "none");
  if (colour >= 0) { byId("colour-by").value = String(colour); }
  if (axis >= 0) { byId("cut-axis").value = String(axis); }
  setColour();
  setCut();
  showFrame((Number(wanted.get("frame")) || firstShown()) - 1);
}

// Adsorption begins with an empty surface: the last frame then says more.
function firstShown() {
  const filled = scene.frames.map((frame) => frame.atoms > 0);
  return filled[0] ? 1 : filled.lastIndexOf(true) + 1 || 1;
}

// A cell with much vacuum would leave the picture: it is then drawn only when asked for.
function cellFits() {
  const matrix = turn(), scale = viewScale();
  const aspect = canvas.clientWidth / canvas.clientHeight;
  for (let i = 0; i < edges.length; i += 3) {
    const [x, y] = matrix.map((row) => row[0] * edges[i] + row[1] * edges[i + 1] + row[2] * edges[i + 2]);
    if (Math.abs(x) > scale * aspect || Math.abs(y) > scale) { return false; }
  }
  return edges.length > 0;
}

addChoices();
byId("cell-choice").hidden = !scene.cell;
byId("show-cell").addEventListener("change", requestDraw);
byId("frame").max = scene.frames.length - 1;
document.querySelector(".timeline").hidden = false;
byId("frame").disabled = byId("play").disabled = scene.frames.length < 2;
byId("stills").hidden = true;
byId("viewer").hidden = false;
byId("show-cell").checked = cellFits();
new ResizeObserver(requestDraw).observe(canvas);
window.addEventListener("hashchange", readAddress);
readAddress();
})();
