// SPDX-License-Identifier: GPL-3.0-or-later
// Shaders of the viewer: spheres as impostors, and the edges of the cell. Lengths in A.
"use strict";

const vertexShader = `#version 300 es
layout(location = 0) in vec2 corner;      // -1..1
layout(location = 1) in vec4 atom;        // x, y, z from the middle of the box, radius; A
layout(location = 2) in vec4 tint;        // alpha 1 for the picked atom
uniform mat3 turn;
uniform vec2 pan;
uniform float scale, aspect, reach, eye;  // eye 0: orthographic
uniform float size;
out vec2 offset;
out vec3 colour;
out float depth, radius, chosen;
void main() {
  vec3 p = turn * atom.xyz + vec3(pan, 0.0);
  radius = atom.w * size;
  float shrink = eye > 0.0 ? eye / max(eye - p.z, 0.05 * eye) : 1.0;
  vec2 at = (p.xy + corner * radius) * shrink / scale;
  offset = corner;
  colour = tint.rgb;
  chosen = tint.a;
  depth = p.z;
  gl_Position = vec4(at.x / aspect, at.y, -p.z / reach * 0.5, 1.0);
}`;

const fragmentShader = `#version 300 es
precision highp float;
in vec2 offset;
in vec3 colour;
in float depth, radius, chosen;
uniform float reach, fadeDepth;
uniform vec3 haze;
out vec4 result;
void main() {
  float inside = 1.0 - dot(offset, offset);
  if (inside <= 0.0) { discard; }
  vec3 normal = vec3(offset, sqrt(inside));
  float z = depth + normal.z * radius;
  gl_FragDepth = clamp(0.5 - z / reach * 0.25, 0.0, 1.0);
  float facing = max(0.0, dot(normal, normalize(vec3(-0.45, 0.55, 0.70))));
  float level = (0.42 + 0.62 * facing) * (0.55 + 0.45 * sqrt(normal.z));
  vec3 lit = colour * level + 0.235 * pow(facing, 24.0);
  lit = mix(lit, haze, 0.42 * clamp(0.5 - z / (2.0 * fadeDepth), 0.0, 1.0));
  if (chosen > 0.5 && normal.z < 0.62) { lit = vec3(1.0, 0.85, 0.1); }
  result = vec4(lit, 1.0);
}`;

const lineVertexShader = `#version 300 es
layout(location = 0) in vec3 point;
uniform mat3 turn;
uniform vec2 pan;
uniform float scale, aspect, reach, eye;
void main() {
  vec3 p = turn * point + vec3(pan, 0.0);
  float shrink = eye > 0.0 ? eye / max(eye - p.z, 0.05 * eye) : 1.0;
  gl_Position = vec4(p.x * shrink / scale / aspect, p.y * shrink / scale, -p.z / reach * 0.5, 1.0);
}`;

const lineFragmentShader = `#version 300 es
precision mediump float;
out vec4 result;
void main() { result = vec4(0.5, 0.53, 0.56, 1.0); }`;
