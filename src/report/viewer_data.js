// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the embedded scene (its format: scene.h) and says its numbers and colours. Knows nothing
// of drawing.
"use strict";

// ---- numbers for readers -----------------------------------------------------------------------

function readable(value, digits) {
  if (!Number.isFinite(value)) { return "no value"; }
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const raised = [...String(Number(exponent))].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
    return `${mantissa.replace("-", "−")}×10${raised.join("")}`;
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

function readableTime(seconds) {
  if (seconds === 0) { return "0 s"; }
  const size = Math.abs(seconds);
  const units = [[3600, "h"], [1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"], [1e-12, "ps"]];
  const fits = ([factor, unit]) => size >= (unit === "h" ? 2e4 : factor) * 0.9999;
  const [factor, unit] = units.find(fits) || [1e-15, "fs"];
  return `${readable(seconds / factor, 4)} ${unit}`;
}

// ---- colours -----------------------------------------------------------------------------------

const rgbOf = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
// viridis, nine stops: even in lightness, safe for colour-blind readers and in grey
const colourStops = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962",
  "#addc30", "#fde725"].map(rgbOf);
const colourOfNoValue = [150, 152, 156];

function mappedColour(fraction) {
  const at = Math.min(Math.max(fraction, 0), 1) * (colourStops.length - 1);
  const i = Math.min(Math.floor(at), colourStops.length - 2);
  return [0, 1, 2].map((k) => colourStops[i][k] + (at - i) * (colourStops[i + 1][k] - colourStops[i][k]));
}

// ---- the embedded atoms ------------------------------------------------------------------------

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) { bytes[i] = text.charCodeAt(i); }
  return bytes;
}

// Ascending numbers, stored as differences of seven bits a byte, low bits first.
function idsOf(base64) {
  const ids = [];
  let id = 0, part = 0, shift = 0;
  for (const byte of bytesOf(base64)) {
    part += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte < 128) { id += part; ids.push(id); part = 0; shift = 0; }
  }
  return ids;
}

// What the viewer asks of a scene; atoms are numbers of records.
function openScene(scene) {
  const records = scene.records;
  const data = bytesOf(scene.data);
  const extent = [0, 1, 2].map((k) => scene.high[k] - scene.low[k]);
  const centre = [0, 1, 2].map((k) => (scene.high[k] + scene.low[k]) / 2);
  const place = [0, 1, 2].map((k) => new Uint16Array(data.buffer, 2 * k * records, records));
  const element = data.subarray(6 * records, 7 * records);
  const columns = scene.columns.map((_, c) => data.subarray((7 + c) * records, (8 + c) * records));
  const styles = new Map(scene.elements.map((e) => [e.number, { ...e, rgb: rgbOf(e.colour) }]));
  const changes = scene.frames.map((frame) => ({
    removed: idsOf(frame.removed), returned: idsOf(frame.returned),
  }));

  function columnValue(id, c) {
    const steps = columns[c][id];
    return steps === 255 ? NaN : scene.columns[c].low + steps * scene.columns[c].step;
  }

  // The changes of all frames up to this one, in order.
  function atomsOfFrame(number) {
    const present = new Uint8Array(records);
    for (let f = 0; f <= number; f++) {
      for (const id of changes[f].removed) { present[id] = 0; }
      for (const id of changes[f].returned) { present[id] = 1; }
      present.fill(1, scene.frames[f].first, scene.frames[f].end);
    }
    const ids = [];
    for (let id = 0; id < records; id++) { if (present[id]) { ids.push(id); } }
    return Uint32Array.from(ids);
  }

  // Red, green, blue for each of the 256 bytes that an element or a column can have; `by` is
  // "element" or the number of a column.
  function colourTable(by) {
    const table = new Uint8Array(3 * 256);
    for (let byte = 0; byte < 256; byte++) {
      if (by === "element") {
        table.set(styles.get(byte)?.rgb ?? colourOfNoValue, 3 * byte);
      } else {
        const { step, low, high } = scene.columns[by];
        const fraction = high > low ? byte * step / (high - low) : 0.5;
        table.set(byte === 255 ? colourOfNoValue : mappedColour(fraction), 3 * byte);
      }
    }
    return table;
  }

  return {
    ...scene, extent, centre, element, columnValue, atomsOfFrame, colourTable,
    coordinate: (id, k) => scene.low[k] + place[k][id] / 65535 * extent[k],
    colourBytes: (by) => by === "element" ? element : columns[by],
    fraction: (id, k) => place[k][id] / 65535,
    styleOf: (id) => styles.get(element[id]),
  };
}
